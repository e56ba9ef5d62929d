// The stream of events that pages follow (core/live.h).

#include "core/live.h"

#include <fmt/format.h>

#include "core/codes.h"
#include "pages/ask.h"
#include "pages/pages.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

// As the HTML standard has server-sent events.
class Page final : public Watcher {
public:
    explicit Page(std::shared_ptr<Outlet> outlet) : outlet_(std::move(outlet)) {}

    bool Tell(const News& news) override {
        return outlet_->Offer(fmt::format("id: {}\ndata: {{\"codes\":[{}]}}\n\n", news.last_event,
                                          fmt::join(news.codes, ",")));
    }
    bool KeepAlive() override { return outlet_->Offer(":\n\n"); }
    void End() override { outlet_->End(); }

private:
    std::shared_ptr<Outlet> outlet_;
};

std::int64_t SeenBy(const Request& request) {
    const std::string_view header = request.HeaderValue("last-event-id");
    return ParseInt(header.empty() ? request.Query().Get("since") : header).value_or(0);
}

}  // namespace

Result<Response> Live(const Request& request, World& world) {
    TRY(PermitOf<Permission::kCodesRead>(request));
    Response response;
    if (world.live == nullptr) {
        response.status = 204;  // a browser does not ask again
        response.content_type.clear();
        return response;
    }
    response.content_type = "text/event-stream";
    response.With("x-accel-buffering", "no");
    response.feed = std::make_shared<const FeedBody>(
        [feed = world.live, id = request.actor->account_id, scope = ScopeOf(*request.actor, world),
         since = SeenBy(request)](const std::shared_ptr<Outlet>& outlet) {
            outlet->Offer("retry: 2000\n\n");
            if (feed->Join(id, scope, since, std::make_shared<Page>(outlet))) return;
            outlet->Offer("retry: 60000\n\n");
            outlet->End();
        });
    return response;
}

}  // namespace ostiary::pages
