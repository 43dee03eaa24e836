package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a load changed. */
class FlagChangesTest {

    private static final String A = "{'key':'a','active':true,'filters':{'groups':[{'properties':[%s]}]}}";
    private static final String COHORT = "{'key':'id','type':'cohort','value':%s}";
    private static final String DEPENDENCY =
            "{'key':'%s','type':'flag','operator':'flag_evaluates_to','value':true,'dependency_chain':['%s']}";

    private static FlagSnapshot snapshot(String flags, String rest) {
        return FlagFixture.snapshot(("{'flags':[" + flags + "]" + rest + "}").replace('\'', '"'));
    }

    private static FlagChanges between(FlagSnapshot before, FlagSnapshot after) {
        return FlagChanges.between(before, after);
    }

    @Test
    void shouldFindNothingBetweenTheSameDefinitionsInAnotherOrder() {
        FlagChanges changes = between(
                snapshot("{'key':'a','active':true,'id':1},{'key':'b'}", ""),
                snapshot("{'key':'b'},{'id':1, 'active':true,'key':'a'}", ""));

        assertThat(changes.isEmpty()).isTrue();
    }

    @Test
    void shouldTellAddedRemovedAndChangedFlags() {
        FlagChanges changes = between(
                snapshot("{'key':'a'},{'key':'b','active':true},{'key':'c','name':'x'},{'key':'d'}", ""),
                snapshot("{'key':'b','active':false},{'key':'c','name':'y'},{'key':'d'},{'key':'e'}", ""));

        assertThat(changes.added()).containsExactly("e");
        assertThat(changes.removed()).containsExactly("a");
        assertThat(changes.changed()).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void shouldTellFlagsWhoseCohortsChanged() {
        String flags = String.format(A, String.format(COHORT, "1")) + ",{'key':'b'}";
        String cohorts = ",'cohorts':{'1':{'type':'AND','values':[" + String.format(COHORT, "'2'")
                + "]},'2':{'type':'%s','values':[]}}";

        assertThat(between(
                                snapshot(flags, String.format(cohorts, "AND")),
                                snapshot(flags, String.format(cohorts, "OR")))
                        .changed())
                .containsExactly("a");
        assertThat(between(snapshot(flags, ""), snapshot(flags, String.format(cohorts, "OR")))
                        .changed())
                .containsExactly("a");
    }

    @Test
    void shouldTellFlagsThatDependOnAChangedFlag() {
        String a = String.format(A, String.format(DEPENDENCY, "b", "b"));
        String b = A.replace("'a'", "'b'").formatted(String.format(DEPENDENCY, "c", "c"));

        assertThat(between(
                                snapshot(a + "," + b + ",{'key':'c'},{'key':'d'}", ""),
                                snapshot(a + "," + b + ",{'key':'c','active':true},{'key':'d'}", ""))
                        .changed())
                .containsExactlyInAnyOrder("a", "b", "c");
        assertThat(between(snapshot(a + "," + b + ",{'key':'c'}", ""), snapshot(a + "," + b, ""))
                        .changed())
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void shouldTellFlagsWhoseGroupTypeHasAnotherName() {
        String flags =
                "{'key':'a','active':true,'filters':{'aggregation_group_type_index':0}},{'key':'b','active':true}";

        assertThat(between(
                                snapshot(flags, ",'group_type_mapping':{'0':'company'}"),
                                snapshot(flags, ",'group_type_mapping':{'0':'team','1':'workspace'}"))
                        .changed())
                .containsExactly("a");
    }

    @Test
    void shouldTellAllFlagsWhenTheMatchingVersionChanges() {
        assertThat(between(snapshot("{'key':'a'}", ""), snapshot("{'key':'a'}", ",'property_matching_version':2"))
                        .changed())
                .containsExactly("a");
    }

    @Test
    void shouldCountEveryFlagAsAddedAtFirstAndAsRemovedInTheEnd() {
        FlagSnapshot flags = snapshot("{'key':'a'},{'key':'b'}", "");

        assertThat(between(FlagSnapshot.EMPTY, flags).added()).containsExactlyInAnyOrder("a", "b");
        assertThat(between(flags, FlagSnapshot.EMPTY).removed()).containsExactlyInAnyOrder("a", "b");
    }
}
