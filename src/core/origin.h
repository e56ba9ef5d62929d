#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ostiary {

// Through which door a request came. The audit log keeps it.
enum class Door : std::uint8_t {
    kAdmin,
    kManager,
    kManage,
    kPublic,
    kAccount,
    kApi,
    kConsole,
    kProgram
};

std::string_view NameOf(Door);

struct Origin {
    Door door = Door::kPublic;
    std::string address;  // of the client, after trusted proxies; empty for the console
    std::string request_id;
};

}  // namespace ostiary
