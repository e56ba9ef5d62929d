#pragma once

// What the pages of oversight and operation show.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/audit.h"
#include "core/requests.h"
#include "core/tokens.h"
#include "pages/views.h"

namespace ostiary::pages {

struct AuditPage {  // places/audit
    AuditAsked asked;
    EventPage page;
    std::optional<Error> error;  // of what was asked
};
struct ApprovalsPage {  // places/approvals
    CodePage page;      // of those who may approve codes
    std::vector<InvitationRequest> requests = {};
    bool has_more_requests = false;
    RequestState show = RequestState::kOpen;
};
struct TokensPage {  // places/tokens
    std::vector<HeldToken> tokens;
    bool is_first = true, has_more = false;
    std::string show;  // "endless", "unused"; empty: all
};
struct SettingsPage {};  // places/settings: of the scene's configuration

struct HealthCheck {
    std::string_view tone;  // "active", "warning" or "revoked"
    std::string subject, finding;
};
struct HealthPage {  // places/health
    std::vector<HealthCheck> checks;
    std::string version;
};

View ViewOf(const Scene&, const AuditPage&);
View ViewOf(const Scene&, const ApprovalsPage&);
View ViewOf(const Scene&, const TokensPage&);
View ViewOf(const Scene&, const SettingsPage&);
View ViewOf(const Scene&, const HealthPage&);

// One event as a line: SENTENCE, WHEN, EVENT_CODE_URL and what goes with it.
void SetEvent(View&, const Scene&, const Event&);

}  // namespace ostiary::pages
