package dev.doorbuster.waitingroom;

/** What a waiting room does now. */
public enum RoomPhase {
    /** Not kept: no buyer has come, or its Redis was emptied. */
    ABSENT,
    /** Collects entrants until the sale opens. */
    LOBBY,
    /** The lobby is frozen and its order is being written; later buyers queue behind it. */
    DRAWING,
    /** Admits from the queue. */
    OPEN,
    /** Admits each buyer at once: the room was lost, and is configured to open the door then. */
    DOOR,
    /** The sale's stock is gone, or the sale is closed. */
    ENDED
}
