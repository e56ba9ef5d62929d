// Looking at codes: the list, who used one, why one does not work, and its link as a picture.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/answers.h"
#include "api/api.h"
#include "api/code_drafts.h"
#include "core/accounts.h"
#include "core/codes_bulk.h"
#include "core/shapes.h"
#include "core/visits.h"
#include "http/respond.h"
#include "util/qr_code.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

struct OrderRow {
    std::string_view name;
    CodeOrder order;
};
constexpr std::array kOrders = {
    OrderRow{"-created_at", CodeOrder::kNewest},
    OrderRow{"created_at", CodeOrder::kOldest},
    OrderRow{"expires_at", CodeOrder::kSoonestExpiry},
    OrderRow{"-expires_at", CodeOrder::kLatestExpiry},
    OrderRow{"-used_count", CodeOrder::kMostUsed},
    OrderRow{"used_count", CodeOrder::kLeastUsed},
    OrderRow{"-last_used_at", CodeOrder::kRecentlyUsed},
    OrderRow{"last_used_at", CodeOrder::kLongestUnused},
    OrderRow{"label", CodeOrder::kLabel},
    OrderRow{"-label", CodeOrder::kLabelDown},
};

Result<CodeOrder> OrderOf(const Fields& query) {
    const auto typed = query.Find("ordering");
    if (!typed) return CodeOrder::kNewest;
    std::string names;
    for (const OrderRow& row : kOrders) {
        if (row.name == *typed) return row.order;
        names.append(names.empty() ? "" : ", ").append(row.name);
    }
    return InvalidFields({{"ordering", "ordering.unknown", Say("ordering is one of: {}", names)}});
}

Result<CodeQuery> FiltersOf(const Request& request, const World& world) {
    const Fields query = request.Query();
    CodeQuery codes;
    codes.scope = ScopeOf(*request.actor, world);
    codes.role = query.Get("role");
    codes.task_group = query.Get("task_group");
    codes.status = query.Get("status");
    codes.search = query.Get("search");
    codes.created_by = query.Get("created_by");
    codes.tag = query.Get("tag");
    codes.template_name = query.Get("template");
    codes.batch = query.Get("batch");
    codes.order = TRY(OrderOf(query));
    return codes;
}

Result<CodeQuery> QueryOf(const Request& request, const World& world) {
    TRY(KnowOnly(request, {"role", "task_group", "status", "search", "created_by", "tag",
                           "template", "batch", "ordering", "page_size", "cursor", "count"}));
    const Fields query = request.Query();
    CodeQuery codes = TRY(FiltersOf(request, world));
    codes.cursor = query.Get("cursor");
    codes.strange_cursor = StrangeCursor::kRefuse;
    codes.page_size = TRY(PageSizeOf(query));
    codes.count = TRY(FlagOf(query, "count"));
    return codes;
}

}  // namespace

Result<Response> CodeList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    const CodePage page = TRY(ListCodes(permit, world, TRY(QueryOf(request, world))));
    Listed list{{}, page.next, page.previous, {}};
    for (const Code& code : page.codes)
        list.shapes.push_back(CodeJson(world.config, code, world.clock.Now(), Secrets::kShown));
    if (page.total) list.more += fmt::format(R"(,"count":{})", *page.total);
    if (page.total_is_at_least) list.more += R"(,"count_is_at_least":true)";
    if (page.searched_newest)
        list.more += fmt::format(R"(,"searched_newest":{})", *page.searched_newest);
    return ShowList(request, world, list);
}

Result<Response> CodesCsv(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    TRY(KnowOnly(request, {"role", "task_group", "status", "search", "created_by", "tag",
                           "template", "batch", "ordering"}));
    CodeChoice choice;
    choice.all = TRY(FiltersOf(request, world));
    CodesFile file;
    if (request.method != Method::kHead)
        file = TRY(ExportCodes(permit, world, ApiRules(*request.actor, world), std::move(choice)));
    return CsvFile("codes.csv", std::move(file));
}

Result<Response> StatsFunnel(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    TRY(KnowOnly(request, {"id", "role", "task_group", "status", "search", "created_by", "tag",
                           "template", "batch"}));
    const Fields query = request.Query();
    Funnel funnel;
    if (query.Find("id")) {
        const auto id = ParseInt(query.Get("id"));
        if (!id || query.all().size() > 1)
            return InvalidFields(
                {{"id", "id.invalid", "id is the number of one code, and stands alone"}});
        funnel = TRY(FunnelOf(permit, world, ScopeOf(*request.actor, world), *id));
    } else {
        funnel = TRY(FunnelOf(permit, world, TRY(FiltersOf(request, world))));
    }
    const json::object shape = {{"codes", funnel.codes},   {"codes_is_at_least", funnel.are_more},
                                {"mailed", funnel.mailed}, {"previews", funnel.previewed},
                                {"opened", funnel.opened}, {"started", funnel.started},
                                {"joined", funnel.joined}, {"settled", funnel.settled},
                                {"stayed", funnel.stayed}};
    return Json(200, json::serialize(shape));
}

Result<Response> CodeRedemptions(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    TRY(KnowOnly(request, {"page_size", "cursor"}));
    const Fields query = request.Query();
    const std::size_t size = TRY(PageSizeOf(query));
    const std::int64_t after = TRY(IdCursorOf(query, "cursor"));
    const auto redemptions = TRY(RedemptionsOf(permit, world, ScopeOf(*request.actor, world),
                                               CodeIdOf(request), after, size + 1));
    const auto id = [](const Redemption& one) { return std::to_string(one.id); };
    return ShowList(request, world, FirstOf(redemptions, size, RedemptionJson, id));
}

Result<Response> CodeExplain(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesExplain>());
    TRY(KnowOnly(request, {"code"}));
    const Fields query = request.Query();
    const std::string_view typed = query.Get("code");
    if (Trim(typed).empty())
        return InvalidFields({{"code", "code.required", "Say which code: ?code=ABC12345"}});
    const Explanation answer =
        TRY(ExplainCode(permit, world, ScopeOf(*request.actor, world), typed));
    json::array suggestions;
    for (const Code& near : answer.suggestions) suggestions.push_back(json::string(near.shown));
    json::object shape;
    shape["found"] = answer.found;
    shape["usable"] = answer.usable;
    shape["reason"] = answer.reason;
    shape["sentence"] = answer.sentence;
    shape["suggestions"] = std::move(suggestions);
    if (answer.code) shape["id"] = answer.code->id;
    return Json(200, json::serialize(shape));
}

Result<Response> CodeQr(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    TRY(KnowOnly(request, {}));
    const Code code =
        TRY(GetCode(permit, world, ScopeOf(*request.actor, world), CodeIdOf(request)));
    if (IsRedacted(code)) return Actor::Denied();
    const QrCode qr = DrawQrCode(RegistrationUrl(world.config, code));
    Response picture;
    picture.content_type = "image/svg+xml";
    picture.body =
        fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 {0} {0}" )"
                    R"(shape-rendering="crispEdges">)"
                    R"(<path fill="#fff" d="M-2-2h{0}v{0}h-{0}z"/><path d="{1}"/></svg>)",
                    qr.size + 4, qr.path);
    picture.With("cache-control", "no-store");
    return picture;
}

}  // namespace ostiary::api
