package chat.parley.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import chat.parley.server.room.Lane;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.logging.LogManager;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The house: data goes from the doors to the rooms to the log and out again, and no part knows more than its neighbour. */
class HouseTest {
    private static final String SERVER = "chat.parley.server.";
    private static final List<String> DOORS = List.of("http", "websocket", "sse", "simple", "web");
    private static final Set<String> VAGUE = Set.of("util", "utils", "common", "helper", "helpers", "impl", "misc");

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("chat.parley");

    private static String[] packages(String... names) {
        return Arrays.stream(names).map(name -> SERVER + name + "..").toArray(String[]::new);
    }

    @Test
    void noDoorImportsAnother() {
        for (String door : DOORS) {
            String[] others =
                    DOORS.stream().filter(other -> !other.equals(door)).toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(SERVER + door + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages(others))
                    .check(PRODUCTION);
        }
    }

    @Test
    void nothingButTheAppImportsADoor() {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages("http", "websocket", "sse", "simple", "web", "app"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages("http", "websocket", "sse", "simple", "web"))
                .check(PRODUCTION);
    }

    @Test
    void nothingImportsTheApp() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVER + "app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SERVER + "app..")
                .check(PRODUCTION);
    }

    @Test
    void theRoomsKnowNoProtocolAndNoFramework() {
        classes()
                .that()
                .resideInAPackage(SERVER + "room..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "chat.parley.model..",
                        SERVER + "room..",
                        SERVER + "model..",
                        SERVER + "store..")
                .check(PRODUCTION);
    }

    @Test
    void theHubKnowsTheModelAndTheLanesOnly() {
        classes()
                .that()
                .resideInAPackage(SERVER + "hub..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "java..", "org.jspecify..", "chat.parley.model..", SERVER + "hub..", SERVER + "model..")
                        .or(type(Lane.class)))
                .check(PRODUCTION);
    }

    @Test
    void theStoreKnowsNothingAboveIt() {
        noClasses()
                .that()
                .resideInAPackage(SERVER + "store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(
                        "room",
                        "hub",
                        "account",
                        "quota",
                        "transport",
                        "http",
                        "websocket",
                        "sse",
                        "simple",
                        "web",
                        "app"))
                .check(PRODUCTION);
    }

    @Test
    void onlyTheStoreKnowsSql() {
        noClasses()
                .that()
                .resideOutsideOfPackages(SERVER + "store..", "chat.parley.e2e..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.postgresql..", "org.flywaydb..")
                .check(PRODUCTION);
    }

    @Test
    void onlyDoorsAndTheAppKnowTheNetwork() {
        noClasses()
                .that()
                .resideInAnyPackage("chat.parley.model..", "chat.parley.wire..")
                .or()
                .resideInAnyPackage(packages("model", "store", "room", "hub", "account", "quota"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..")
                .check(PRODUCTION);
    }

    @Test
    void theModelsDependOnNothing() {
        classes()
                .that()
                .resideInAnyPackage("chat.parley.model..", SERVER + "model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "chat.parley.model..", SERVER + "model..")
                .check(PRODUCTION);
    }

    @Test
    void noPartsDependOnEachOtherInACircle() {
        slices().matching("chat.parley.server.(*)..").should().beFreeOfCycles().check(PRODUCTION);
    }

    @Test
    void everyPackageIsNullMarkedAndNamesWhatItIsFor() {
        classes()
                .should(new ArchCondition<JavaClass>("be in a null-marked package with a telling name") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                        String last = item.getPackageName()
                                .substring(item.getPackageName().lastIndexOf('.') + 1);
                        if (!marked || VAGUE.contains(last) || isVague(item)) {
                            events.add(SimpleConditionEvent.violated(item, item.getName()));
                        }
                    }
                })
                .check(PRODUCTION);
    }

    /** Nothing is called a manager, but for the logging library's own kind of thing. */
    private static boolean isVague(JavaClass item) {
        return item.getSimpleName().endsWith("Manager") && !item.isAssignableTo(LogManager.class);
    }
}
