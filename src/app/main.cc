// ostiary: hands the command line to cli/, with everything it needs from outside.

#include <iostream>
#include <string>
#include <vector>

#include "app/wiring.h"
#include "cli/cli.h"
#include "util/failure.h"

int main(int count, char** words) {
    try {
        const std::vector<std::string> arguments(words + 1, words + count);
        return ostiary::cli::Run(arguments, ostiary::app::MakeOutside(),
                                 {std::cin, std::cout, std::cerr});
    } catch (const ostiary::WorldFailure& failure) {
        std::cerr << "ostiary: " << failure.what() << '\n';
        return ostiary::cli::kWorldFailed;
    }
}
