#pragma once

// Ostiary inside this process: a real store on a real database, and the verbs' World.

#include <memory>
#include <string>
#include <string_view>

#include "core/permissions.h"
#include "core/world.h"

namespace ostiary::bench {

class Installation {
public:
    // Database and key stand in the folder, which is made if it is not there.
    explicit Installation(const std::string& folder);
    explicit Installation(const Config&);
    Installation(const Installation&) = delete;

    // A code of our choice that anybody may use any number of times, made by the console.
    void AddCode(std::string_view chosen);

    // Of an account with every permission: for the Authorization header.
    std::string MakeToken();

    const Config config;
    SystemClock clock;
    SystemRandom random;
    const Vault vault;
    Passwords passwords;
    std::unique_ptr<Store> store;
    World world;
};

// Another application's account: whom redemptions are counted for. It is known to the program
// alone.
Actor SomeApplication();

// The person who redeems with this number.
std::string SubjectOf(std::uint64_t number);

// One redemption through the core's verb; throws if it is refused.
void RedeemOnce(Installation&, const Actor&, std::string_view code, std::uint64_t number);

std::string DatabaseIn(const std::string& folder);
Config ConfigIn(const std::string& folder);

}  // namespace ostiary::bench
