package io.github.bitnetmaven.audit.file;

import io.github.bitnetmaven.audit.component.Component;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Whether an inventory is that of an audit: its files must add up to the components, byte by byte. */
public final class InventorySums {
    private final Map<String, Long> bytes = new HashMap<>();
    private final Map<String, Long> files = new HashMap<>();
    private boolean fits = true;

    public InventorySums(RecordedAudit audit) {
        for (Component component : audit.components()) {
            bytes.put(component.name(), component.bytes());
            files.put(component.name(), component.fileCount());
        }
    }

    /** Takes a file, before anybody else does: what an audit does not know, nobody needs to see. */
    public void subtract(InventoryFile file) {
        Long left = bytes.get(file.component());
        // What is left cannot be negative, so nothing overflows before it is noticed.
        if (left == null || left < file.bytes()) {
            fits = false;
        } else {
            bytes.put(file.component(), left - file.bytes());
            files.merge(file.component(), -1L, Long::sum);
        }
    }

    /**
     * Says so when something is left, or was missing.
     *
     * @throws AuditFileException when the inventory is another image's
     */
    public void throwUnlessZero(Path inventory) throws AuditFileException {
        boolean zero = bytes.values().stream().allMatch(left -> left == 0)
                && files.values().stream().allMatch(left -> left == 0);
        if (!fits || !zero) {
            throw new AuditFileException("The inventory " + inventory + " and the audit.json beside it are of different"
                    + " images: its files do not add up to the components. Audit the image again to write both anew.");
        }
    }
}
