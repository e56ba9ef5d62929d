#include "core/origin.h"

#include <cstdlib>

namespace ostiary {

std::string_view NameOf(Door door) {
    switch (door) {
        case Door::kAdmin: return "admin";
        case Door::kManager: return "manager";
        case Door::kManage: return "manage";
        case Door::kPublic: return "public";
        case Door::kAccount: return "account";
        case Door::kApi: return "api";
        case Door::kConsole: return "console";
        case Door::kProgram: return "program";
    }
    std::abort();
}

}  // namespace ostiary
