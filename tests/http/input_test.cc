// Bodies, forms, redirects and assets: what is read from clients, and read in one way only.

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "http/assets.h"
#include "http/forms.h"
#include "http/json_body.h"
#include "http/redirects.h"
#include "http/respond.h"
#include "http/small_world.h"

namespace ostiary {
namespace {

Request Sent(std::string body, std::string type = "application/json") {
    Request request;
    request.method = Method::kPost;
    request.headers = {{"content-type", std::move(type)}};
    request.body = std::move(body);
    return request;
}

std::string Details(const Result<boost::json::object>& read) {
    return read.ok() ? "fine" : read.error().details;
}

TEST(JsonBody, AnObjectIsRead) {
    const auto read = ReadJsonBody(
        Sent(R"( {"a": [1, -2.5, "x\u00e4", null, true, {}], "b": {"a": 18446744073709551615}} )"));
    ASSERT_TRUE(read.ok()) << Details(read);
    EXPECT_EQ(boost::json::serialize(read->at("a")), "[1,-2.5E0,\"x\xc3\xa4\",null,true,{}]");
    EXPECT_EQ(WholeNumber(read->at("b").at("a")), std::nullopt);
    EXPECT_EQ(WholeNumber(read->at("a").at(0)), 1);
    EXPECT_EQ(WholeNumber(read->at("a").at(1)), std::nullopt);
}

TEST(JsonBody, WhatCanBeReadInTwoWaysIsRefused) {
    EXPECT_EQ(Details(ReadJsonBody(Sent(R"({"a":1,"b":2,"a":3})"))),
              "\"a\" is there twice, the second time before byte 15");
    EXPECT_NE(
        Details(ReadJsonBody(Sent(R"({"a":{"b":1,"\u0062":2}})"))).find("\"b\" is there twice"),
        std::string::npos);
    EXPECT_EQ(Details(ReadJsonBody(Sent(R"({"a":{"b":1},"c":{"b":2},"b":3})"))), "fine");
    EXPECT_EQ(Details(ReadJsonBody(Sent("{} {}"))), "Something follows the JSON at byte 3");
}

TEST(JsonBody, MalformedBodiesAreRefusedWithThePlace) {  // section 11
    for (const char* body : {"{", "nonsense", "{\"a\":}", "{'a':1}", "{\"a\":01}", "{\"a\":NaN}",
                             "{\"a\":1,}", "{\"a\":\"\xff\"}", "{\"a\":\"\xc0\xaf\"}",
                             "{\"a\":\"\\ud800\"}", "{\"a\":\"\x01\"}", "// x\n{}"}) {
        const auto read = ReadJsonBody(Sent(body));
        ASSERT_FALSE(read.ok()) << body;
        EXPECT_EQ(read.error().title, "Invalid request");
        EXPECT_EQ(StatusOf(read.error().kind), 400);
        EXPECT_NE(read.error().details.find("byte "), std::string::npos) << read.error().details;
    }
    for (const char* body : {"[]", "1", "null", "\"a\""})
        EXPECT_NE(Details(ReadJsonBody(Sent(body))).find("must be a JSON object"),
                  std::string::npos);
    EXPECT_NE(Details(ReadJsonBody(Sent(""))).find("empty"), std::string::npos);
}

TEST(JsonBody, DeepNestingIsRefused) {
    const auto nested = [](int levels) {
        return "{\"a\":" + std::string(levels, '[') + std::string(levels, ']') + "}";
    };
    EXPECT_EQ(Details(ReadJsonBody(Sent(nested(31)))), "fine");
    EXPECT_NE(Details(ReadJsonBody(Sent(nested(33)))).find("nested deeper than 32"),
              std::string::npos);
    EXPECT_FALSE(ReadJsonBody(Sent(std::string(500'000, '['))).ok());
}

TEST(JsonBody, OtherTypesAreRefused) {  // API-5: 415
    for (const char* type :
         {"", "text/plain", "text/json", "application/jsonp", "application/json; charset=latin1"}) {
        const auto read = ReadJsonBody(Sent("{}", type));
        ASSERT_FALSE(read.ok()) << type;
        EXPECT_EQ(read.error().kind, ErrorKind::kMediaType);
    }
    for (const char* type :
         {"application/json", "Application/JSON; charset=UTF-8", "application/merge-patch+json"})
        EXPECT_TRUE(ReadJsonBody(Sent("{}", type)).ok()) << type;
    EXPECT_TRUE(ReadOptionalJsonBody(Sent("", "")).ok());
}

TEST(JsonBody, AFormBecomesTheSameObject) {
    const auto read = ReadFormOrJson(Sent("a=1&b=x+y%26z&c", "application/x-www-form-urlencoded"));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(boost::json::serialize(read.value()), R"({"a":"1","b":"x y&z","c":""})");
    EXPECT_FALSE(ReadFormOrJson(Sent("a=1&a=2", "application/x-www-form-urlencoded")).ok());
    EXPECT_TRUE(ReadFormOrJson(Sent("{}")).ok());
}

TEST(Forms, FieldsAreDecodedOnceAndBadEscapesStay) {
    const Fields fields = DecodeFields("a=1+2&b=%2B%25&c=%zz&&d&a=3&e=x=y");
    EXPECT_EQ(fields.Get("a"), "1 2");
    EXPECT_EQ(fields.Get("b"), "+%");
    EXPECT_EQ(fields.Get("c"), "%zz");
    EXPECT_EQ(fields.Find("d"), "");
    EXPECT_EQ(fields.Find("f"), std::nullopt);
    EXPECT_EQ(fields.All("a").size(), 2u);
    EXPECT_EQ(fields.Get("e"), "x=y");
}

// BULK-2
TEST(Forms, FilesComeWhereTheRouteTakesThem) {
    const std::string body =
        "--b--o\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\nt\xc3\xa4\r\n"
        "--b--o\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a;b.csv\"\r\n"
        "Content-Type: text/csv\r\n\r\nlabel\r\n\"x\r\n\xff\"\r\n\r\n--b--o--\r\n";
    Request request = Sent(body, "Multipart/Form-Data; boundary=b--o");
    const Fields none = request.Form();
    EXPECT_TRUE(none.all().empty()) << "elsewhere it is no form";
    Route route{};
    route.brings = Brings::kFile;
    request.route = &route;
    EXPECT_EQ(request.Form().Get("csrf_token"), "t\xc3\xa4");
    EXPECT_EQ(request.Form().Get("file"), "label\r\n\"x\r\n\xff\"\r\n");
    EXPECT_TRUE(CheckFields(request).ok()) << "files are judged by whoever reads them";
    for (std::size_t end = 0; end < body.size(); ++end) {  // whatever is missing
        request.body = body.substr(0, end);
        request.Form();
    }
    for (const char* type : {"multipart/form-data", "multipart/form-data; boundary=",
                             "multipart/form-data; boundary=other"}) {
        Request other = Sent(body, type);
        other.route = &route;
        EXPECT_EQ(other.Form().Get("file"), "") << type;
    }
}

TEST(Redirects, OnlyOwnPathsAreFollowed) {
    for (const char* own : {"/", "/admin/", "/a?b=c&d=%2F", "/a#b", "/a//b", "/%2f%2fevil.example"})
        EXPECT_EQ(SafeNext(own), own);
    for (const char* other :
         {"", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
          "https://evil.example", "javascript:alert(1)", "admin", "/\t/evil.example",
          "/a\r\nset-cookie: b", " /", "/\x7f", "/%zz"})
        EXPECT_EQ(SafeNext(other), "/") << other;
    EXPECT_EQ(SafeNext("/" + std::string(3000, 'a')), "/");
}

TEST(Assets, AreKeptForEverUnderTheirHashAndAskedForWithout) {
    SmallWorld world;
    const std::string url(AssetUrl("app.css"));
    Request request;
    request.path_values = {{"name", url.substr(8)}};
    const auto hashed = ServeAsset(request, world.world);
    ASSERT_TRUE(hashed.ok()) << url;
    EXPECT_EQ(HeaderIn(hashed.value(), "cache-control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(hashed->content_type, "text/css; charset=utf-8");
    EXPECT_FALSE(hashed->body.empty());
    request.path_values = {{"name", "app.css"}};
    EXPECT_EQ(HeaderIn(ServeAsset(request, world.world).value(), "cache-control"), "no-cache");
    request.headers = {{"if-none-match", HeaderIn(hashed.value(), "etag")}};
    EXPECT_EQ(ServeAsset(request, world.world)->status, 304);
    request.path_values = {{"name", "../secret"}};
    EXPECT_FALSE(ServeAsset(request, world.world).ok());
    EXPECT_EQ(AssetUrl("none.css"), "/assets/none.css");
}

TEST(Cookies, AreFoundByTheirWholeName) {
    Request request;
    request.headers = {{"cookie", "xostiary_session=a; ostiary_session=b;c=d"},
                       {"cookie", "e=f=g"}};
    EXPECT_EQ(request.Cookie("ostiary_session"), "b");
    EXPECT_EQ(request.Cookie("c"), "d");
    EXPECT_EQ(request.Cookie("e"), "f=g");
    EXPECT_EQ(request.Cookie("session"), "");
}

}  // namespace
}  // namespace ostiary
