"""The facilitator's drawer: a page for each thing that a facilitator does, over what `tabletop.session` offers."""
