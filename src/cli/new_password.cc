#include "cli/new_password.h"

#include <termios.h>
#include <unistd.h>

#include <istream>
#include <ostream>

namespace ostiary::cli {
namespace {

// The terminal shows nothing of what is typed while this lives.
class Unseen {
public:
    Unseen() {
        tcgetattr(STDIN_FILENO, &before_);
        struct termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~Unseen() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;

private:
    struct termios before_ {};
};

std::string AskFor(Terminal terminal, const char* words) {
    terminal.err << words << std::flush;
    std::string line;
    {
        const Unseen unseen;
        std::getline(terminal.in, line);
    }
    terminal.err << '\n';
    return line;
}

}  // namespace

Result<std::string> NewPassword(Call& call) {
    std::string line;
    if (call.given.Has("--password-stdin")) {
        std::getline(call.terminal.in, line);
        if (line.ends_with('\r')) line.pop_back();
        return line;
    }
    if (isatty(STDIN_FILENO) == 0)
        return WrongUsage("give --password-stdin and the password on standard input");
    line = AskFor(call.terminal, "Password: ");
    if (line != AskFor(call.terminal, "The same again: "))
        return WrongUsage("the two passwords differ");
    return line;
}

}  // namespace ostiary::cli
