#include <gmock/gmock.h>

#include "core/permissions.h"
#include "pages/pages.h"
#include "support/no_store.h"

namespace ostiary::pages {
namespace {

// Whoever is signed in is known by then; what counts for them in the frame of a page is not asked.
TEST(ErrorPage, OfAFailureIsAPageAndAsksNothingOfTheDatabaseThatFailed) {
    NoStore store;
    const SystemClock clock;
    SystemRandom random;
    const Vault vault{Vault::Key{}};
    Passwords passwords{8192, 1, 1};
    const Config config;
    World world{store, clock, random, vault, passwords, config};
    Request request;
    request.path = "/admin/invite-codes/";
    request.request_id = "4711";
    request.actor = Actor::Console("test");
    const std::string page =
        ErrorPage(request, world, 503, {ErrorKind::kUnavailable, "store.away", "", ""});
    EXPECT_THAT(page, testing::HasSubstr("4711"));
    EXPECT_THAT(page, testing::HasSubstr("</html>"));
    EXPECT_THAT(page, testing::HasSubstr("/admin/alerts/")) << "the frame is whole";
}

}  // namespace
}  // namespace ostiary::pages
