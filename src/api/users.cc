#include <fmt/format.h>

#include "api/api.h"
#include "core/accounts.h"
#include "core/shapes.h"
#include "util/text.h"

namespace ostiary::api {

using enum Permission;

Result<Response> MeGet(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kOwnAccount>());
    return Json(200, AccountJson(TRY(Me(permit, world)), world.clock.Now()));
}

Result<Response> UserList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kUsersRead>());
    const Fields fields = request.Query();
    AccountQuery query;
    query.search = fields.Get("search");
    query.cursor = fields.Get("cursor");
    if (!fields.Get("page_size").empty()) {
        const auto size = ParseInt(fields.Get("page_size"));
        if (!size || *size < 1 || *size > 100)
            return InvalidFields(
                {{"page_size", "page_size.invalid", "page_size is a number from 1 to 100"}});
        query.page_size = static_cast<std::size_t>(*size);
    }
    const AccountPage page = TRY(ListAccounts(permit, world, query));
    std::vector<std::string> shapes;
    for (const AccountWithAccess& account : page.accounts)
        shapes.push_back(AccountJson(account, world.clock.Now()));
    return Json(200, fmt::format(R"({{"results":{},"next":{}}})", JsonList(shapes),
                                 page.next.empty() ? "null" : JsonText(page.next)));
}

Result<Response> UserGet(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kUsersRead>());
    return Json(200, AccountJson(TRY(GetAccount(permit, world, request.PathValue("id"))),
                                 world.clock.Now()));
}

}  // namespace ostiary::api
