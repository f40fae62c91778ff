"""What officers and residents type, and what it means."""
