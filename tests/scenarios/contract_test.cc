// The contract of the API and the map of routes say the same (API-7).

#include <gmock/gmock.h>

#include <set>

#include "api/contract.h"
#include "api/openapi.h"
#include "app/routes.h"
#include "support/contract.h"
#include "support/house.h"

namespace ostiary {
namespace {

namespace json = boost::json;
using testing::IsEmpty;

bool IsOfApi(const Route& route) { return route.path.starts_with("/api/"); }

TEST(Contract, EveryRouteOfTheApiIsInIt) {  // API-7
    std::set<std::string_view> missing, known;
    for (const Route& route : Routes())
        if (IsOfApi(route)) (api::FindCall(route.name) ? known : missing).insert(route.name);
    EXPECT_THAT(missing, IsEmpty());
    for (const api::Call& call : api::Calls())
        EXPECT_TRUE(known.contains(call.route)) << call.route << " is no route";
    std::set<std::string_view> used, told;
    for (const Route& route : Routes())
        if (IsOfApi(route)) used.insert(api::NounOf(route.path));
    for (const api::Noun& noun : api::Nouns()) told.insert(noun.name);
    EXPECT_EQ(used, told);
    EXPECT_EQ(known.size(), api::Calls().size()) << "some call is in it twice";
}

TEST(Contract, EveryShapeThatIsNamedIsThereAndEveryShapeIsNamed) {
    std::set<std::string_view> named;
    const auto name = [&](std::string_view shape) {
        if (shape.empty()) return;
        EXPECT_NE(api::FindShape(shape), nullptr) << shape;
        named.insert(shape);
    };
    for (const api::Call& call : api::Calls()) {
        name(call.body);
        name(call.ending.shape);
        name(call.other_ending.shape);
        EXPECT_EQ(call.body.empty(), call.takes == api::Takes::kNothing) << call.route;
    }
    for (const api::Shape& shape : api::Shapes())
        for (const api::Field& field : shape.fields) name(field.shape);
    for (const api::Shape& shape : api::Shapes())
        EXPECT_TRUE(named.contains(shape.name)) << shape.name;
}

TEST(Contract, TheDocumentNamesEveryCallAndItsPathValues) {
    const json::object document = api::OpenApi(Routes(), Config{});
    std::size_t calls = 0;
    for (const auto& [path, methods] : document.at("paths").as_object())
        for (const auto& [method, operation] : methods.as_object()) {
            ++calls;
            EXPECT_FALSE(operation.at("summary").as_string().empty()) << path;
        }
    EXPECT_EQ(calls, api::Calls().size());
}

class ContractTest : public testing::TestWithParam<DatabaseKind> {
protected:
    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, ContractTest, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(ContractTest, AnAnswerThatDoesNotFitIsNoticed) {
    Request request;
    request.path = "/api/me/";
    Response response = Json(200, house.Get("/api/me/", "vic").body);
    EXPECT_EQ(BreachOfContract(house.config, request, response), "");
    json::object body = json::parse(response.body).as_object();
    body["is_staff"] = "yes";
    response.body = json::serialize(body);
    EXPECT_EQ(BreachOfContract(house.config, request, response),
              "body.is_staff is of another type: \"yes\"");
    body["is_staff"] = true;
    body.erase("email");
    response.body = json::serialize(body);
    EXPECT_EQ(BreachOfContract(house.config, request, response), "body has no email");
    body["email"] = "";
    body["password_hash"] = "";
    response.body = json::serialize(body);
    EXPECT_EQ(BreachOfContract(house.config, request, response),
              "body.password_hash is not described");
    response.status = 202;
    EXPECT_EQ(BreachOfContract(house.config, request, response), "status 202 is not described");
    response = Json(400, R"({"error": "Bad"})");
    EXPECT_EQ(BreachOfContract(house.config, request, response), "error has no details");
}

TEST_P(ContractTest, PeopleAndProgramsCanReadIt) {
    const Answer document = house.Get("/api/openapi.json");
    EXPECT_EQ(document.At("openapi").as_string(), "3.1.0");
    EXPECT_EQ(document.At("servers.0.url").as_string(), "http://ostiary.test");
    const Answer page = house.Get("/api/docs/");
    EXPECT_EQ(page.status, 200);
    for (const api::Call& call : api::Calls())
        EXPECT_NE(page.body.find(call.about), std::string::npos) << call.about;
    for (const api::Shape& shape : api::Shapes())
        EXPECT_NE(page.body.find("id=\"shape-" + std::string(shape.name) + "\""), std::string::npos)
            << shape.name;
}

}  // namespace
}  // namespace ostiary
