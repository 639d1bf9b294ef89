package dev.doorbuster.systemtests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.doorbuster.order.ledger.DraftDeletion;
import dev.doorbuster.order.ledger.RaffleEntries;
import dev.doorbuster.order.ledger.SaleTerms;

/** Dependencies of the modules, and the classes that may use a technology. */
@AnalyzeClasses(packages = "dev.doorbuster", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String CONTRACTS = "dev.doorbuster.contracts..";
    private static final String DEAD_LETTERS = "dev.doorbuster.deadletters..";
    private static final String RUNTIME = "dev.doorbuster.runtime..";
    private static final String ORDER = "dev.doorbuster.order..";
    private static final String EDGE = "dev.doorbuster.order.edge..";
    private static final String CATALOGUE = "dev.doorbuster.order.catalogue..";
    private static final String COUNTERS = "dev.doorbuster.counter..";
    private static final String WAITING_ROOM = "dev.doorbuster.waitingroom..";
    private static final String STOCK = "dev.doorbuster.stock..";
    private static final String NOTIFIER = "dev.doorbuster.notifier..";
    private static final String RACE_LAB = "dev.doorbuster.racelab..";
    private static final String LEARN = "dev.doorbuster.learn..";
    private static final String BENCHMARKS = "dev.doorbuster.benchmarks..";
    private static final String DEV_SERVICES = "dev.doorbuster.devservices..";
    private static final String CROWD = "dev.doorbuster.crowd..";
    private static final String CLI = "dev.doorbuster.cli..";

    @ArchTest
    static final ArchRule contractsKnowNobodyAndDoNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage(CONTRACTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    RUNTIME,
                    ORDER,
                    STOCK,
                    NOTIFIER,
                    RACE_LAB,
                    LEARN,
                    DEV_SERVICES,
                    CROWD,
                    CLI,
                    "io.vertx..",
                    "com.rabbitmq..",
                    "java.net..");

    @ArchTest
    static final ArchRule runtimeKnowsNoService = noClasses()
            .that()
            .resideInAPackage(RUNTIME)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ORDER, COUNTERS, STOCK, NOTIFIER, RACE_LAB, LEARN, DEV_SERVICES, CROWD, CLI);

    /** Shared by the command line and a service, so it must depend on neither. */
    @ArchTest
    static final ArchRule deadLettersKnowTheContractsOnly = noClasses()
            .that()
            .resideInAPackage(DEAD_LETTERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    RUNTIME, ORDER, COUNTERS, STOCK, NOTIFIER, RACE_LAB, DEV_SERVICES, CROWD, CLI, "io.vertx..");

    @ArchTest
    static final ArchRule theCountersKnowNoService = noClasses()
            .that()
            .resideInAPackage(COUNTERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ORDER, STOCK, NOTIFIER, RACE_LAB, DEV_SERVICES, CROWD, CLI);

    /** Shared by edges, which check passes, and notifiers, which keep the rooms. */
    @ArchTest
    static final ArchRule theWaitingRoomKnowsNoService = noClasses()
            .that()
            .resideInAPackage(WAITING_ROOM)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ORDER, COUNTERS, STOCK, NOTIFIER, RACE_LAB, DEV_SERVICES, CROWD, CLI);

    @ArchTest
    static final ArchRule servicesNeverDependOnEachOther = slices().matching(
                    "dev.doorbuster.(order|stock|notifier|racelab)..")
            .should()
            .notDependOnEachOther();

    /** Uses the stock counters only; nothing depends on it. */
    @ArchTest
    static final ArchRule theRaceLabKnowsTheCountersOnly = noClasses()
            .that()
            .resideInAPackage(RACE_LAB)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ORDER,
                    STOCK,
                    NOTIFIER,
                    DEV_SERVICES,
                    CROWD,
                    CLI,
                    "dev.doorbuster.runtime.amqp..",
                    "com.rabbitmq..");

    /** Lessons touch no sale: they have nothing of the services and no message of theirs. */
    @ArchTest
    static final ArchRule lessonsKnowTheRuntimeOnly = noClasses()
            .that()
            .resideInAPackage(LEARN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CONTRACTS, ORDER, COUNTERS, STOCK, NOTIFIER, RACE_LAB, DEV_SERVICES, CROWD, CLI);

    @ArchTest
    static final ArchRule onlyTheRaceLabServesLessons = noClasses()
            .that()
            .resideOutsideOfPackages(LEARN, RACE_LAB)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(LEARN);

    @ArchTest
    static final ArchRule nobodyKnowsTheRaceLab = noClasses()
            .that()
            .resideOutsideOfPackage(RACE_LAB)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(RACE_LAB);

    @ArchTest
    static final ArchRule nothingDependsOnTheBenchmarks = noClasses()
            .that()
            .resideOutsideOfPackage(BENCHMARKS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BENCHMARKS);

    @ArchTest
    static final ArchRule devServicesStandAlone = noClasses()
            .that()
            .resideInAPackage(DEV_SERVICES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CONTRACTS, RUNTIME, ORDER, COUNTERS, STOCK, NOTIFIER, CROWD, CLI, "io.vertx..");

    @ArchTest
    static final ArchRule theCommandKnowsTheServicesOnlyByTheirProcesses = noClasses()
            .that()
            .resideInAPackage(CLI)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RUNTIME, ORDER, COUNTERS, STOCK, NOTIFIER);

    @ArchTest
    static final ArchRule theJudgeSharesNoCodeWithTheServices = noClasses()
            .that()
            .resideInAnyPackage(CROWD, "dev.doorbuster.cli.chaos..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    CONTRACTS, DEAD_LETTERS, RUNTIME, ORDER, COUNTERS, WAITING_ROOM, STOCK, NOTIFIER, RACE_LAB);

    @ArchTest
    static final ArchRule theCrowdDependsOnNoOtherModule = noClasses()
            .that()
            .resideInAPackage(CROWD)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DEV_SERVICES, BENCHMARKS, CLI);

    @ArchTest
    static final ArchRule channelsAreUsedInFewPlaces = noClasses()
            .that()
            .resideOutsideOfPackages("dev.doorbuster.runtime.amqp..", DEAD_LETTERS)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("com.rabbitmq.client.Channel");

    /** What Vert.x 5 replaces stays in few places: docs/adr/0008-vertx-4-until-2027.md. */
    @ArchTest
    static final ArchRule onlyTheLessonsUseTheVertxClientOfTheBroker = noClasses()
            .that()
            .resideOutsideOfPackage(LEARN)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.rabbitmq..");

    /**
     * Edges and ledgers share one database role, so the code keeps HTTP handlers from writing to the ledger. They read it,
     * insert drafts by the catalogue's immutable entities, delete drafts by the owner's function, and append what operators did.
     */
    @ArchTest
    static final ArchRule edgesUseNoDatabaseClient = noClasses()
            .that()
            .resideInAPackage(EDGE)
            .should()
            .dependOnClassesThat()
            .areAssignableTo("io.vertx.sqlclient.SqlClient");

    @ArchTest
    static final ArchRule edgesUseNoClassesOfTheLedgerThatWrite = noClasses()
            .that()
            .resideInAnyPackage(EDGE, CATALOGUE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "dev.doorbuster.order.ledger",
                            "dev.doorbuster.order.ledger.decide..",
                            "dev.doorbuster.order.ledger.jobs..")
                    .and(not(belongToAnyOf(
                            DraftDeletion.class, RaffleEntries.class, RaffleEntries.Entry.class, SaleTerms.class))));

    @ArchTest
    static final ArchRule entitiesAreImmutable = classes()
            .that()
            .areAnnotatedWith("jakarta.persistence.Entity")
            .should()
            .beAnnotatedWith("org.hibernate.annotations.Immutable");

    @ArchTest
    static final ArchRule onlyTheCatalogueKnowsHibernate = noClasses()
            .that()
            .resideOutsideOfPackage("dev.doorbuster.order.catalogue..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hibernate..", "jakarta.persistence..");

    @ArchTest
    static final ArchRule onlyTheStoresTouchTheirClients = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.doorbuster.runtime.store..",
                    "dev.doorbuster.stock..",
                    "dev.doorbuster.order.counter..",
                    "dev.doorbuster.learn.memcached..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("net.rubyeye.xmemcached..");

    @ArchTest
    static final ArchRule packagesFormNoCircles =
            slices().matching("dev.doorbuster.(*).(*)..").should().beFreeOfCycles();
}
