"""What the course says: its content as frozen data, and the one store that holds a participant's answers."""
