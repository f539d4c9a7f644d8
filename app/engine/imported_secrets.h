// Passwords and keys that an imported file held, on their way into the keyring.
#pragma once

#include "app/engine/keyring.h"
#include "core/formats/import.h"

namespace tern::engine {

// Where the keyring has each kind, under the profile's id.
[[nodiscard]] QString keyringPlace(const formats::ImportedSecret& secret);

// Writes one after the other, so that a locked keyring asks once, and calls `done` with the profiles of which something
// was not kept: all those left when it takes longer than 45 seconds. At once when there is no keyring or nothing to
// keep.
void keepSecrets(Keyring& keyring, std::vector<formats::ImportedSecret> secrets,
                 std::function<void(QSet<QString>)> done);

// Says of every connection whose secret the file holds whether the keyring has it now. `names`: of the profiles of
// which something was not kept; `kept`: of the others.
void tellWhatWasKept(std::vector<formats::ImportProblem>& problems, const QSet<QString>& kept,
                     const QSet<QString>& notKept);

} // namespace tern::engine
