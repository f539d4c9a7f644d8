// Where a command that makes a file puts it: standard output, or a file that is only there once it is complete.
#pragma once

#include "app/ctl/exit_code.h"

#include <QSaveFile>
#include <QString>
#include <string>
#include <string_view>

namespace tern::ctl {

class Output {
public:
    // path: empty means standard output.
    explicit Output(const QString& path);

    // Whether the file could be made where it shall be. Leaves nothing behind.
    [[nodiscard]] bool possible();
    // Gathers, and writes now and then; what goes wrong is told by close().
    void write(std::string_view text);
    [[nodiscard]] bool close();
    // Says on standard error why it was not written; the exit code that goes with it.
    ExitCode failed();

private:
    void flush();

    QSaveFile m_file;
    bool m_toFile;
    bool m_good = true;
    std::string m_gathered;
};

} // namespace tern::ctl
