"""The printed faces, one file for each kind of exercise."""
