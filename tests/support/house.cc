#include "support/house.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <future>

#include "app/routes.h"
#include "core/accounts.h"
#include "core/aircraft.h"
#include "core/redemptions.h"
#include "core/sessions.h"
#include "core/tokens.h"
#include "pages/pages.h"
#include "support/contract.h"
#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;

Config TestConfig(const Database& database) {
    Config config;
    config.database = database.url();
    config.base_url = "http://ostiary.test";
    config.limits = false;
    return config;
}

Vault::Key TestKey() {
    Vault::Key key;
    key.fill(7);
    return key;
}

// The answer itself, where it comes by itself.
Response Settled(Response response) {
    if (!response.later) return response;
    const auto ready = std::make_shared<std::promise<void>>();
    response.later->Start([ready] { ready->set_value(); });
    ready->get_future().wait();
    return response.later->Finish().value();
}

}  // namespace

json::value Answer::json() const { return json::parse(body); }

json::value Answer::At(std::string_view path) const {
    json::value value = json();
    while (!path.empty()) {
        const std::string_view step = path.substr(0, path.find('.'));
        path.remove_prefix(std::min(step.size() + 1, path.size()));
        const json::value* next = nullptr;
        if (value.is_object()) next = value.as_object().if_contains(step);
        if (value.is_array())
            next =
                value.as_array().if_contains(static_cast<std::size_t>(ParseInt(step).value_or(-1)));
        if (!next) return nullptr;
        json::value inner = *next;
        value = std::move(inner);
    }
    return value;
}

json::array Answer::Rows() const { return At("results").as_array(); }

std::string Answer::Text(std::string_view path) const {
    const auto value = At(path);
    return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
}

std::int64_t Answer::Number(std::string_view path) const {
    const auto value = At(path);
    EXPECT_TRUE(value.is_number()) << path << " in " << body;
    return value.is_number() ? value.to_number<std::int64_t>() : -1;
}

std::string_view Answer::HeaderValue(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (key.size() == name.size() &&
            std::equal(key.begin(), key.end(), name.begin(), [](char a, char b) {
                return std::tolower(static_cast<unsigned char>(a)) == b;
            }))
            return value;
    return {};
}

House::House(DatabaseKind kind)
    : database(kind),
      config(TestConfig(database)),
      vault(TestKey()),
      passwords(64, 1, 2),
      metrics(Routes()),
      store(OpenStore(
          config, vault, clock, random,
          [this](Work& work, std::span<const SubjectClaim> claims, Millis now) {
              return RedeemTogether(work, claims, config.catalogue, now);
          },
          [this](std::size_t callers, std::chrono::nanoseconds took) {
              metrics.Committed(callers, took);
          })),
      world{*store, clock, random, vault, passwords, config, &live, &metrics, &visits},
      dispatcher(Routes(), world, pages::kPagesRoom, &metrics) {
    AddPeople();
}

void House::AddPeople() {
    const Actor console = Actor::Console("test");
    const auto add = [&](const char* name, const char* role, const char* group, bool staff) {
        AccountDraft draft;
        draft.username = name;
        draft.email = std::string(name) + "@ostiary.test";
        draft.password = std::string(kGoodPassword);
        draft.role = role;
        draft.task_group = group;
        draft.is_staff = staff;
        CreateAccount(console.Ask<Permission::kUsersWrite>().value(), world, draft).value();
        const auto scopes = AllScopes();
        tokens_[name] = CreateTokenFor(console.Ask<Permission::kTokensWrite>().value(), world, name,
                                       "test", {scopes.begin(), scopes.end()}, "")
                            .value()
                            .token;
    };
    add("ada", "admin", "general", false);
    add("max", "manager", "cleaning", false);
    add("gil", "manager", "general", false);
    add("sam", "staff", "general", true);
    add("vic", "viewer", "general", false);
    for (const char* registration : {"N12345", "N67890"})
        AddAircraft(console.Ask<Permission::kAircraftWrite>().value(), world, registration, "")
            .value();
}

Answer House::Ask(Method method, std::string_view path, std::string_view body, std::string_view as,
                  std::vector<Header> more) {
    Request request;
    request.method = method;
    const auto question = path.find('?');
    request.path = path.substr(0, question);
    if (question != path.npos) request.query = path.substr(question + 1);
    request.body = body;
    request.client_address = "192.0.2.1";
    request.received_at = clock.Now();
    request.headers = std::move(more);
    request.headers.emplace_back("host", "ostiary.test");
    if (!body.empty() && request.HeaderValue("content-type").empty())
        request.headers.emplace_back("content-type", "application/json");
    if (!as.empty())
        request.headers.emplace_back("authorization", "Bearer " + tokens_.at(std::string(as)));
    Response response = Settled(dispatcher.Answer(request));
    if (response.stream)
        (*response.stream)([&](std::string_view part) {
            response.body += part;
            return true;
        });
    EXPECT_EQ(BreachOfContract(config, request, response), "")  // API-7
        << NameOf(method) << " " << path;
    return {response.status, response.body, response.headers};
}

Answer House::Get(std::string_view path, std::string_view as) {
    return Ask(Method::kGet, path, "", as);
}

Answer House::Post(std::string_view path, std::string_view body, std::string_view as) {
    return Ask(Method::kPost, path, body, as);
}

json::object House::Create(std::string_view body, std::string_view as) {
    const Answer answer = Post("/api/invite-codes/create/", body, as);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.At("data").as_object();
}

Answer House::Register(std::string_view code, std::string_view username, std::vector<Header> more) {
    const std::string body =
        json::serialize(json::object{{"invite_code", code},
                                     {"username", username},
                                     {"email", std::string(username) + "@example.org"},
                                     {"password", kGoodPassword},
                                     {"password_confirm", kGoodPassword}});
    return Ask(Method::kPost, "/api/register/", body, "", std::move(more));
}

std::int64_t House::Uses(std::int64_t id) {
    const std::string path = fmt::format("/api/invite-codes/{}/", id);
    const auto used = Get(path, "ada").Number("used_count");
    std::int64_t redemptions = 0;
    store->Read([&](Work& work) {
        redemptions = static_cast<std::int64_t>(work.redemptions.ListOfCode(id, 0, 100'000).size());
    });
    EXPECT_EQ(used, redemptions);
    return used;
}

std::string House::AccountId(std::string_view username) {
    std::string id;
    store->Read([&](Work& work) {
        if (const auto account = work.accounts.FindByUsername(username)) id = account->id;
    });
    return id;
}

Actor House::ActorOf(std::string_view username) {
    std::optional<Account> account;
    store->Read([&](Work& work) { account = work.accounts.FindByUsername(username); });
    return MakeActor(config.catalogue, account.value(), {});
}

void House::ConfigureMail() {
    config.mail_server = "smtp://127.0.0.1:2525";
    config.mail_from = "Ostiary <invite@example.org>";
}

void House::QueueMails(std::string_view as, std::int64_t count) {
    Mail mail;
    mail.created_by_id = AccountId(as);
    mail.created_at = clock.Now();
    EXPECT_TRUE(store
                    ->Transact([&](Work& work) -> Result<void> {
                        for (std::int64_t i = 0; i < count; ++i) work.mails.Add(mail);
                        return {};
                    })
                    .ok());
}

std::vector<Event> House::Events(std::size_t most) {
    std::vector<Event> events;
    store->Read([&](Work& work) { events = work.events.Latest(most); });
    return events;
}

}  // namespace ostiary
