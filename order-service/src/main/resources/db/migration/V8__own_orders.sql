-- In the sequence of a buyer's pages, so that a page is read without sorting all orders of that buyer.
DROP INDEX orders_of_buyer;
CREATE INDEX orders_of_buyer ON orders (buyer, placed_at DESC, id);
