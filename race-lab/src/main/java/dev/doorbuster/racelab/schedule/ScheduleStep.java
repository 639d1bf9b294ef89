package dev.doorbuster.racelab.schedule;

/**
 * One step of one buyer, written as {@code A1}.
 *
 * @param number of the buyer's steps, from 1
 */
public record ScheduleStep(String buyer, int number) {
    @Override
    public String toString() {
        return buyer + number;
    }
}
