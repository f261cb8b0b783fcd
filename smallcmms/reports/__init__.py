"""What is printed: a frozen paper goes in, PDF bytes come out."""
