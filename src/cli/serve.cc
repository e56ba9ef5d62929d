// ostiary serve

#include "cli/command.h"

namespace ostiary::cli {
namespace {

Result<void> Serve(Call& call) {
    call.outside.serve(call.config, call.given.Has("--demo") ? Demo::kYes : Demo::kNo,
                       call.terminal.out);
    return {};
}

}  // namespace

std::vector<Command> ServeCommands() {
    return {{.noun = "serve",
             .verb = "",
             .about = "Open the doors: serve the portals and the API until told to stop",
             .options = {{"--listen", "ADDRESS", "Address and port; 127.0.0.1:8080 unless given"},
                         {"--demo", "", "Fill in people and codes to play with", Takes::kSwitch}},
             .example = "serve --listen 0.0.0.0:8080 --base-url https://invite.example.org",
             .run = Serve}};
}

}  // namespace ostiary::cli
