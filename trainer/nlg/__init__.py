"""Words for the customer: phrase bank, language model, and what checks them."""
