-- Texts as the OpenAPI document and the code have them. Orders are not checked again, for their rows are many and their texts
-- have been checked by the edge. Rows of payments that were there before stay as they are.
UPDATE sales SET title = id WHERE title !~ '^[^\u0001-\u001f\u007f-\u009f\u2028\u2029]*[^\u0001-\u001f\u007f-\u009f\u2028\u2029\u0020\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u202a-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff][^\u0001-\u001f\u007f-\u009f\u2028\u2029]*$';
ALTER TABLE sales ADD CONSTRAINT sales_title_can_be_read CHECK (title ~
    '^[^\u0001-\u001f\u007f-\u009f\u2028\u2029]*[^\u0001-\u001f\u007f-\u009f\u2028\u2029\u0020\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u202a-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff][^\u0001-\u001f\u007f-\u009f\u2028\u2029]*$');
ALTER TABLE payments ADD CONSTRAINT payments_reference_is_visible CHECK (reference ~ '^[!-~]{1,200}$') NOT VALID;
