package dev.doorbuster.contracts.message;

/** One fact or wish inside a {@link Message}. */
public sealed interface Element
        permits OrderPlaced,
                OrderGranted,
                OrderPayment,
                OrderCancel,
                OrderHoldOver,
                OrderAnswered,
                HoldAnswered,
                OrderEvent,
                SaleMarker,
                SaleOpen,
                SaleClose,
                SaleRecount,
                SaleCounted,
                SaleAnnounced,
                SaleEvent,
                ClaimReleased {}
