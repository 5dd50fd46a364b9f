"""What an encoder and the grammar are read with: words as pieces, products on one core, spaCy's rules looked up."""
