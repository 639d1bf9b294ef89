package dev.doorbuster.cli.crowd;

import java.net.URI;
import java.util.List;

/**
 * Who comes, and where.
 *
 * @param apis base addresses of the order-services; requests go to them in turn
 * @param jwtSecret signs the buyers' tokens
 * @param buyers how many come, each for one order
 * @param perSecond how many arrive in a second, whatever becomes of those before
 * @param quantity units each buyer asks for
 * @param connectionsMax connections to each order-service
 * @param seed of everything random here
 */
public record CrowdPlan(
        List<URI> apis,
        String saleId,
        String jwtSecret,
        int buyers,
        int perSecond,
        int quantity,
        int connectionsMax,
        Manners manners,
        Patience patience,
        long seed) {
    private static final int CONNECTIONS_MAX = 512;
    private static final long SEED = 4711;

    public CrowdPlan {
        apis = List.copyOf(apis);
        if (apis.isEmpty() || buyers < 1 || perSecond < 1 || quantity < 1 || connectionsMax < 1) {
            throw new IllegalArgumentException(
                    "a crowd needs somewhere to go, buyers, a rate, a quantity, connections");
        }
    }

    /** One unit for each buyer, everyday manners and patience. */
    public static CrowdPlan of(List<URI> apis, String saleId, String jwtSecret, int buyers, int perSecond) {
        return new CrowdPlan(
                apis,
                saleId,
                jwtSecret,
                buyers,
                perSecond,
                1,
                CONNECTIONS_MAX,
                Manners.everyday(),
                Patience.everyday(),
                SEED);
    }

    public CrowdPlan with(Manners other) {
        return new CrowdPlan(
                apis, saleId, jwtSecret, buyers, perSecond, quantity, connectionsMax, other, patience, seed);
    }

    public CrowdPlan with(Patience other) {
        return new CrowdPlan(
                apis, saleId, jwtSecret, buyers, perSecond, quantity, connectionsMax, manners, other, seed);
    }

    public CrowdPlan withConnections(int max) {
        return new CrowdPlan(apis, saleId, jwtSecret, buyers, perSecond, quantity, max, manners, patience, seed);
    }

    @Override
    public String toString() {
        return buyers + " buyers, " + perSecond + "/s, sale " + saleId + " at " + apis;
    }
}
