#pragma once

// What the pages besides those about codes show, as values; each becomes the view of the template
// of the same name.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/accounts.h"
#include "core/audit.h"
#include "core/brought.h"
#include "core/codes.h"
#include "core/registration.h"
#include "core/reports.h"
#include "http/message.h"
#include "pages/forms.h"
#include "pages/scene.h"
#include "pages/view.h"
#include "util/passwords.h"

namespace ostiary::pages {

struct HomePage {};      // home/home
struct PortalHomePage {  // home/portal
    std::vector<Code> pending, running_out, ending;
    std::vector<Alert> alerts;    // that no list of codes tells
    std::vector<Code> most_used;  // of the team, where the portal has no overview
    // How many codes there are of each; nothing: not counted.
    std::optional<std::int64_t> usable, waiting, used_up;
    std::int64_t requests = 0;         // for invitations, that wait
    std::optional<Overview> overview;  // for who may read the audit log
    std::optional<Report> report;      // of the usual period, for who may read reports
};

struct CodeBoxPage {  // registration/start
    std::string typed;
    std::optional<Error> error;
};
struct RegistrationPage {  // registration/form
    Invitation invitation;
    Presented presented;
    std::string idempotency_key;
    Fields typed;
    std::optional<Error> error;
};
struct AddAccessPage {  // registration/add
    Invitation invitation;
    Presented presented;
    std::vector<AircraftGrant> held;
    std::optional<Error> error;
};
struct PasswordPage {  // registration/password
    std::string password, again;
    PasswordVerdict verdict;
};
struct WelcomePage {  // registration/welcome
    AccountWithAccess me;
};

struct LoginPage {  // sessions/login
    std::string typed, next;
    std::optional<Error> error;
};
struct LogoutPage {};  // sessions/logout

struct AccountPageFacts {  // account/account
    AccountWithAccess me;
    std::vector<Session> sessions;
    std::vector<ApiToken> tokens;
    OwnAccess access;
    std::string_view
        form;  // which of its forms was refused: "profile", "password", "token", or none
    Fields typed;
    std::optional<Error> error;
    bool takes_mails = true;
};

struct UsersPage {  // users/list
    AccountQuery query;
    AccountPage page;
};
struct UserPage {  // users/detail
    AccountWithAccess user;
    std::vector<Aircraft> fleet;
    std::optional<Code> joined_with;  // nothing: made by hand, or the code is deleted
    std::optional<PasswordReset> reset;
    BroughtPerson tree;
    Fields typed;
    std::optional<Error> error;
};
struct UserAskPage {  // users/ask
    AccountWithAccess user;
    Footprint footprint;
    std::int64_t codes = 0;  // that they leave, and somebody may yet join with
    Fields typed = {};
    std::optional<Error> error = {};
};

struct FailurePage {  // errors/error
    int status;
    Error error;
};

View ViewOf(const Scene&, const HomePage&);
View ViewOf(const Scene&, const PortalHomePage&);
View ViewOf(const Scene&, const CodeBoxPage&);
View ViewOf(const Scene&, const RegistrationPage&);
View ViewOf(const Scene&, const AddAccessPage&);
View ViewOf(const Scene&, const PasswordPage&);
View ViewOf(const Scene&, const WelcomePage&);
View ViewOf(const Scene&, const LoginPage&);
View ViewOf(const Scene&, const LogoutPage&);
View ViewOf(const Scene&, const AccountPageFacts&);
View ViewOf(const Scene&, const UsersPage&);
View ViewOf(const Scene&, const UserPage&);
View ViewOf(const Scene&, const UserAskPage&);
View ViewOf(const Scene&, const FailurePage&);

// Any of them as an answer.
template <class Page>
Response ShowPage(const Scene& scene, const Page& page, int status = 200) {
    View view = ViewOf(scene, page);
    return Show(scene, view, status);
}

Fields FieldsOf(const Account&);  // of the user's form

// Plain text whose web addresses become links: items with WORDS and, for a link, LINK_URL.
void AddTextWithLinks(View&, std::string_view list, std::string_view text);

}  // namespace ostiary::pages
