package dev.doorbuster.contracts.message;

/** One fact or wish inside a {@link Message}. */
public sealed interface Element
        permits Traced,
                OrderHoldOver,
                SaleMarker,
                SaleOpen,
                SaleClose,
                SaleRecount,
                SaleCounted,
                SaleAnnounced,
                SaleEvent,
                ClaimReleased {}
