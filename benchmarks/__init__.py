"""What things cost, each beside the floor it is measured against. Never imported by the product."""
