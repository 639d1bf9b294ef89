/** Random requests, well-formed and broken, as bytes to every HTTP server of the system. A seed replays a run. */
package dev.doorbuster.systemtests.fuzz;
