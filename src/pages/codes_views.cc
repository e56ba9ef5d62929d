#include "pages/codes_views.h"

#include "pages/codes_funnel_views.h"
#include "pages/codes_looks.h"
#include "pages/language.h"
#include "pages/mails.h"
#include "pages/recalls_views.h"
#include "pages/quotas.h"
#include "pages/templates_form.h"
#include "pages/words.h"
#include "util/qr_code.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

// One template for each page of one code: its facts, its portal's words, the way back.
View PageOf(const Scene& scene, const Code& code, std::string_view template_name) {
    const PortalLook& look = LookOf(*scene.portal);
    View view(template_name);
    SetCode(view, scene, code);
    view.Set("TITLE", NameOf(code));
    view.Set("LIST_URL", scene.portal->codes_path)
        .Set("LIST_TITLE", T(look.codes_title))
        .Set("CODE_NOUN", T(look.code_noun));
    view.Set("HERE_URL", CodePath(*scene.portal, code.id));
    return view;
}

void AddAircraft(View& view, const Scene& scene, const Code& code,
                 const std::vector<Aircraft>& fleet) {
    view.List("CODE_AIRCRAFT")
        .Set("AIRCRAFT_URL", CodePath(*scene.portal, code.id) + "aircraft-roles/");
    view.Set("AIRCRAFT_NOUN", T(scene.catalogue().aircraft_noun));
    for (const AircraftGrant& grant : code.aircraft_roles)
        view.Add("CODE_AIRCRAFT")
            .Set("REGISTRATION", grant.registration)
            .Set("AIRCRAFT_ROLE", AircraftRoleLabel(scene.catalogue(), grant.role));
    view.Flag("HAVE_FLEET", !fleet.empty());
    AddAircraftOptions(view, scene, fleet, "", "");
}

void AddRedemptions(View& view, const Scene& scene, const std::vector<Redemption>& redemptions) {
    view.List("REDEMPTIONS").Set("REDEMPTION_COUNT", static_cast<std::int64_t>(redemptions.size()));
    for (const Redemption& redemption : redemptions) {
        View& row = view.Add("REDEMPTIONS");
        row.Set("WHO",
                redemption.account_name.empty() ? redemption.subject : redemption.account_name);
        row.Set("WHO_EMAIL", redemption.email)
            .Flag("BY_APPLICATION", redemption.account_name.empty());
        row.Set("GRANTED", GrantsInShort(scene.catalogue(), redemption.role, redemption.task_group,
                                         redemption.aircraft_roles));
        SetMoment(row, "WHEN", redemption.redeemed_at, scene);
    }
}

void AddHistory(View& view, const Scene& scene, const std::vector<Event>& history) {
    view.List("HISTORY");
    for (const Event& event : history)
        SetMoment(view.Add("HISTORY")
                      .Set("SENTENCE", EventSentence(event))
                      .Set("FROM_ADDRESS", event.origin.address),
                  "WHEN", event.at, scene);
}

void AddDifferences(View& view, const std::vector<Difference>& differences) {
    view.List("DIFFERENCES");
    for (const Difference& difference : differences)
        view.Add("DIFFERENCES")
            .Set("FIELD_LABEL", difference.label)
            .Set("SAVED", difference.saved)
            .Set("TYPED", difference.typed);
}

// Where the code comes from: its template, and those that were made with it.
void SetOrigin(View& view, const Scene& scene, const Code& code) {
    CodeQuery alike;
    alike.template_name = code.template_name;
    view.Set("TEMPLATE", code.template_name)
        .Set("TEMPLATE_CODES_URL", ListAddress(*scene.portal, alike));
    view.Set("BATCH_URL", code.batch.empty() ? "" : BatchPath(*scene.portal, code.batch));
    const bool saves =
        scene.portal->id == PortalId::kAdmin && scene.May(Permission::kTemplatesWrite);
    view.Set("RECALL_URL",
             RecallAddress(*scene.portal, RecallScope::kCode, std::to_string(code.id)));
    view.Set("SAVE_TEMPLATE_URL",
             saves ? "/admin/templates/new/?code=" + std::to_string(code.id) : std::string());
}

const Error* AddressOf(const std::optional<Error>& error) { return error ? &*error : nullptr; }

}  // namespace

View ViewOf(const Scene& scene, const CodeCreatePage& page) {
    const PortalLook& look = LookOf(*scene.portal);
    View view("codes/create");
    view.Set("TITLE", T(scene.portal->create_words))
        .Set("SUBMIT", T(look.create_submit))
        .Set("CODE_NOUN", T(look.code_noun));
    view.Set("LIST_URL", scene.portal->codes_path)
        .Set("LIST_TITLE", T(look.codes_title))
        .Set("CREATE_URL", scene.portal->create_path);
    view.Set("AIRCRAFT_NOUN", T(scene.catalogue().aircraft_noun));
    AddTemplateChoice(view, scene, page.typed, page.templates);
    view.Set("SENTENCE",
             CreateSentence(scene, WithWhatIsHidden(scene, page.typed, page.templates)));
    AddCodeFields(view, scene, page.typed, page.fleet, AddressOf(page.error));
    SetQuota(view, page.quota);
    return view;
}

View ViewOf(const Scene& scene, const CodeDetailPage& page) {
    View view = PageOf(scene, page.code, "codes/detail");
    view.Set("CODE_ID", page.code.id)
        .Set("VERSION", page.code.version)
        .Set("WHY_LOCKED", WhyLocked(page.code));
    view.Set("APPROVAL_REASON", page.code.approval_reason).Set("TAGS", Join(page.code.tags, ", "));
    view.Set("DOMAINS", Join(page.code.email_domains, ", ")).Set("WELCOME", page.code.welcome);
    view.Set("ACCOUNT_DAYS",
             page.code.account_days ? TN("{} day", "{} days", *page.code.account_days) : "");
    SetMoment(view, "STARTS", page.code.starts_at, scene);
    AddEditFields(view, scene, page.typed, AddressOf(page.error));
    AddDifferences(view, page.differences);
    AddAircraft(view, scene, page.code, page.fleet);
    AddRedemptions(view, scene, page.redemptions);
    AddHistory(view, scene, page.history);
    view.Set("AUDIT_URL", scene.portal->id == PortalId::kAdmin && scene.May(Permission::kAuditRead)
                              ? "/admin/audit/?code=" + std::to_string(page.code.id)
                              : "");
    SetUsesChart(view, scene, page.code, page.redemptions);
    SetFunnel(view, page.funnel);
    view.Set("LIKE_URL",
             std::string(scene.portal->create_path) + "?like=" + std::to_string(page.code.id));
    SetQr(view, RegistrationUrl(scene.config, page.code));
    SetOrigin(view, scene, page.code);
    SetMailCard(view, scene, page.code, page.mails, page.mail_words);
    return view;
}

View ViewOf(const Scene& scene, const CodeAskPage& page) {
    View view = PageOf(scene, page.code, "codes/ask");
    const std::string path = CodePath(*scene.portal, page.code.id);
    const std::string name = NameOf(page.code);
    switch (page.asked) {
        case Asked::kSwitchOff:
            view.Set("DEED", T(scene.portal->word_switch_off)).Set("DEED_URL", path + "revoke/");
            view.Set("CONSEQUENCE", SwitchOffConsequence(page.code)).Flag("WANTS_REASON", false);
            break;
        case Asked::kDelete:
            view.Set("DEED", T("Delete")).Set("DEED_URL", path + "delete/");
            view.Set("CONSEQUENCE", DeleteConsequence(page.code)).Flag("WANTS_REASON", false);
            break;
        case Asked::kReject:
            view.Set("DEED", T("Reject")).Set("DEED_URL", path + "reject/");
            view.Set("CONSEQUENCE", SwitchOffConsequence(page.code)).Flag("WANTS_REASON", true);
            break;
    }
    return view;
}

View ViewOf(const Scene& scene, const CodeRenewPage& page) {
    View view = PageOf(scene, page.code, "codes/renew");
    const Error* error = AddressOf(page.error);
    const std::vector<FieldError> none;
    view.List("FIELDS");
    if (page.code.expires_at && *page.code.expires_at <= scene.now)
        AddField(view, "FIELDS", "renew",
                 {"number",
                  "expires_days",
                  T("Expires after days"),
                  T("From 1 to {}.", scene.config.expires_days_limit),
                  Typed(page.typed, "expires_days"),
                  {},
                  "off",
                  "required",
                  "",
                  "",
                  QuickDays()},
                 error ? error->fields : none);
    if (page.code.max_uses && page.code.used_count >= *page.code.max_uses)
        AddField(view, "FIELDS", "renew",
                 {"number",
                  "max_uses",
                  T("Max Uses"),
                  T("In all, with those used already. 0: unlimited."),
                  Typed(page.typed, "max_uses"),
                  {},
                  "off",
                  "required",
                  "",
                  "",
                  {"0|" + T("Unlimited")}},
                 error ? error->fields : none);
    SetErrors(view, "renew", error);
    return view;
}

View ViewOf(const Scene& scene, const CodeExtendPage& page) {
    return PageOf(scene, page.code, "codes/extend");
}

View ViewOf(const Scene& scene, const CodeQrPage& page) {
    View view = PageOf(scene, page.code, "codes/qr");
    view.Set("INVITED_AS", InvitedAs(scene.catalogue(), page.code));
    SetQr(view, RegistrationUrl(scene.config, page.code));
    return view;
}

void SetQr(View& view, std::string_view text) {
    const QrCode qr = DrawQrCode(text);
    view.Set("QR_BOX", qr.size + 4).Set("QR_PATH", qr.path);
}

}  // namespace ostiary::pages
