// Texts of an order's status, by key.
export const ORDER_STATUSES = {
  RESERVED: 'orderReserved', PAID: 'orderPaid', CANCELLED: 'orderCancelled', EXPIRED: 'orderExpired',
  REJECTED: 'orderRejected', REFUND_DUE: 'orderRefundDue',
};
