"""How the names model is made and measured: see README.md."""
