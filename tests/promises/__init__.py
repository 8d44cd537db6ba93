"""What is promised about requests, held against much trouble."""
