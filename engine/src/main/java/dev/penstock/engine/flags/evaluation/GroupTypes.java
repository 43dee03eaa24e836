package dev.penstock.engine.flags.evaluation;

import dev.penstock.engine.flags.definitions.FlagDefinition;
import dev.penstock.engine.flags.definitions.GroupType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the group types that flags use. */
final class GroupTypes {

    /** Far more than there can be; what remembers verdicts has room for each. */
    static final int MAX = 32;

    private final Map<String, String> names;
    private final Map<String, Subject> subjects = new HashMap<>();

    /**
     * Makes the numbers.
     *
     * @param names names by index
     */
    GroupTypes(Map<String, String> names) {
        this.names = names;
    }

    /** Who is meant by a group type that was {@linkplain #namesOf mentioned}. */
    Subject subject(GroupType type) {
        String name = names.get(type.index());
        if (name == null) {
            return Subject.UNMAPPED;
        }
        Subject known = subjects.get(name);
        if (known == null) {
            throw new IllegalArgumentException("more than " + MAX + " group types are in use");
        }
        return known;
    }

    /** How many group types were mentioned and have a name. */
    int size() {
        return subjects.size();
    }

    /** Names of the group types a flag mentions, null for those that have none. */
    List<String> namesOf(FlagDefinition flag) {
        List<String> mentioned = new ArrayList<>();
        if (flag.rules() != null) {
            add(flag.rules().groupType(), mentioned);
            flag.rules().conditions().forEach(condition -> add(condition.groupType(), mentioned));
        }
        return mentioned;
    }

    private void add(GroupType type, List<String> mentioned) {
        if (type != null && type.index() != null) {
            String name = names.get(type.index());
            mentioned.add(name);
            if (name != null && subjects.size() < MAX && !subjects.containsKey(name)) {
                subjects.put(name, Subject.group(name, subjects.size()));
            }
        }
    }
}
