package dev.doorbuster.contracts.message;

/** A fact or a command within a {@link Message}. */
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
                ClaimReleased,
                BuyersVisited,
                ReminderDue,
                OrderMailed {}
