namespace Dunning.Tests.Invoices.Formats;

public sealed class JsonProblemTests
{
    [Theory]
    [InlineData("""{"externalId":null}""", "#/externalId", "required")]
    [InlineData("""{"number":"  "}""", "#/number", "required")]
    [InlineData("""{"customer":""}""", "#/customer", "required")]
    [InlineData("""{"customer":{"name":null}}""", "#/customer/name", "required")]
    [InlineData("""{"externalId":12}""", "#/externalId", "wrong_type")]
    [InlineData("""{"amountDue":{"value":"1"}}""", "#/amountDue", "wrong_type")]
    [InlineData("""{"customer":"Buyer"}""", "#/customer", "wrong_type")]
    [InlineData("""{"tags":"late"}""", "#/tags", "wrong_type")]
    [InlineData("""{"tags":["a",1]}""", "#/tags/1", "wrong_type")]
    [InlineData("""{"metadata":[]}""", "#/metadata", "wrong_type")]
    [InlineData("""{"source":"My Shop"}""", "#/source", "not_a_source")]
    [InlineData("""{"number":"a\nb"}""", "#/number", "control_characters")]
    [InlineData("""{"customer":{"name":"Buyer\r\nBcc: all@evil.example"}}""", "#/customer/name", "control_characters")]
    [InlineData("""{"customer":{"name":"\u202E\u2066"}}""", "#/customer/name", "required")]
    [InlineData("""{"kind":"CreditNote"}""", "#/kind", "unknown_value")]
    [InlineData("""{"status":"late"}""", "#/status", "unknown_value")]
    [InlineData("""{"dunning":{"doNotContact":"yes"}}""", "#/dunning/doNotContact", "not_a_flag")]
    [InlineData("""{"metadata":{"a/b":{}}}""", "#/metadata/a~1b", "wrong_type")]
    public void A_wrong_text_is_pointed_at(string patch, string where, string code) => Refused(patch, where, code);

    [Theory]
    [InlineData("""{"issueDate":"01/02/2026"}""", "#/issueDate", "not_a_date")]
    [InlineData("""{"issueDate":"2026-01-01T00:00:00Z"}""", "#/issueDate", "not_a_date")]
    [InlineData("""{"dueDate":"2026-02-30"}""", "#/dueDate", "not_a_date")]
    [InlineData("""{"dueDate":"20260131"}""", "#/dueDate", "not_a_date")]
    [InlineData("""{"dueDate":"9999-12-31"}""", "#/dueDate", "date_out_of_range")]
    [InlineData("""{"updatedAt":"2026-01-31T09:30:00"}""", "#/updatedAt", "not_an_instant")]
    [InlineData("""{"dunning":{"pausedUntil":"tomorrow"}}""", "#/dunning/pausedUntil", "not_a_date")]
    public void A_wrong_date_is_pointed_at(string patch, string where, string code) => Refused(patch, where, code);

    [Theory]
    [InlineData("""{"currency":"ZZZ"}""", "#/currency", "unknown_currency")]
    [InlineData("""{"amountDue":"119.005"}""", "#/amountDue", "too_many_decimals")]
    [InlineData("""{"amountDue":"119.5","currency":"JPY"}""", "#/amountDue", "too_many_decimals")]
    [InlineData("""{"amountDue":"119,00"}""", "#/amountDue", "not_a_decimal")]
    [InlineData("""{"amountDue":1.19e2}""", "#/amountDue", "not_a_decimal")]
    [InlineData("""{"amountDue":"1000000000000000000"}""", "#/amountDue", "too_large")]
    [InlineData("""{"currency":"CLF","amountDue":"999999999999999"}""", "#/amountDue", "too_large")]
    [InlineData("""{"amountDue":"-1"}""", "#/amountDue", "negative_amount")]
    public void Wrong_money_is_pointed_at(string patch, string where, string code) => Refused(patch, where, code);

    [Theory]
    [InlineData(
        """{"customer":{"email":"ap@buyer.example\r\nBcc: all@evil.example"}}""",
        "#/customer/email",
        "control_characters"
    )]
    [InlineData("""{"customer":{"email":"a@x.example, b@x.example"}}""", "#/customer/email", "several_addresses")]
    [InlineData(
        """{"customer":{"email":"Ann (AP) <a@x.example>, b@x.example"}}""",
        "#/customer/email",
        "several_addresses"
    )]
    [InlineData("""{"customer":{"email":"-"}}""", "#/customer/email", "not_an_email")]
    [InlineData("""{"customer":{"locale":"deutsch!"}}""", "#/customer/locale", "not_a_language_tag")]
    [InlineData("""{"customer":{"country":"ZZ"}}""", "#/customer/country", "not_a_country")]
    [InlineData("""{"customer":{"email":"nobody"}}""", "#/customer/email", "not_an_email")]
    [InlineData(
        """{"customer":{"contacts":[{"name":"A"},{"email":"b@"}]}}""",
        "#/customer/contacts/1/email",
        "not_an_email"
    )]
    [InlineData("""{"customer":{"phone":"030 123456"}}""", "#/customer/phone", "not_e164")]
    [InlineData("""{"customer":{"timeZone":"CEST"}}""", "#/customer/timeZone", "unknown_time_zone")]
    [InlineData("""{"customer":{"timeZone":"UTC+02:00"}}""", "#/customer/timeZone", "unknown_time_zone")]
    [InlineData("""{"customer":{"country":"Germany"}}""", "#/customer/country", "not_a_country")]
    [InlineData("""{"paymentUrl":"javascript:alert(1)"}""", "#/paymentUrl", "not_https")]
    [InlineData("""{"paymentUrl":"data:text/html,x"}""", "#/paymentUrl", "not_https")]
    [InlineData("""{"paymentUrl":"http://pay.example/1"}""", "#/paymentUrl", "not_https")]
    [InlineData("""{"paymentUrl":"https://pay.example/\"onclick"}""", "#/paymentUrl", "not_a_url")]
    [InlineData("""{"documentUrl":"https://user:secret@pay.example/1"}""", "#/documentUrl", "has_user_info")]
    [InlineData("""{"payment":{"iban":"DE89370400440532013001"}}""", "#/payment/iban", "iban_checksum")]
    [InlineData("""{"payment":{"iban":"12345678"}}""", "#/payment/iban", "not_an_iban")]
    [InlineData("""{"payment":{"bic":"COBA"}}""", "#/payment/bic", "not_a_bic")]
    public void What_the_claim_does_not_depend_on_is_left_out_and_a_problem_only_on_request(
        string patch,
        string where,
        string code
    )
    {
        Assert.Equal(
            (where, code),
            Assert.Single(
                SampleJson.ReadWith(patch, strict: true).Problems.Select(problem => (problem.Pointer, problem.Code))
            )
        );

        var reading = SampleJson.ReadWith(patch);
        Assert.NotNull(reading.Document);
        Assert.StartsWith($"{where} was left out: ", Assert.Single(reading.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"dueDate":"2025-12-31"}""", "#/dueDate: 2025-12-31 is before issueDate")]
    [InlineData("""{"amountTotal":"118.99"}""", "#/amountTotal: 118.99 EUR is less than amountDue")]
    public void Dates_and_totals_that_contradict_each_other_are_warned_of(string patch, string warning)
    {
        var reading = SampleJson.ReadWith(patch);
        Assert.NotNull(reading.Document);
        Assert.StartsWith(warning, Assert.Single(reading.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mailto:ap@buyer.example")]
    [InlineData("Accounts payable <ap@buyer.example>")]
    [InlineData(" ap@buyer.example. ")]
    public void An_address_is_read_as_people_write_it(string written) =>
        Assert.Equal(
            "ap@buyer.example",
            SampleJson.ReadValid($$"""{"customer":{"email":"{{written}}"} }""").Customer.Email
        );

    [Theory]
    [InlineData("UK", "GB")]
    [InlineData("EL", "GR")]
    [InlineData("XI", "GB-NIR")]
    [InlineData("my-02", "MY-02")]
    [InlineData("XK", "XK")]
    public void A_country_is_read_as_tax_offices_write_it(string written, string country) =>
        Assert.Equal(country, SampleJson.ReadValid($$"""{"customer":{"country":"{{written}}"} }""").Customer.Country);

    [Fact]
    public void A_locale_may_have_an_underscore() =>
        Assert.Equal("de-DE", SampleJson.ReadValid("""{"customer":{"locale":"de_DE"}}""").Customer.Locale);

    [Theory]
    [InlineData("externalId", 128)]
    [InlineData("number", 64)]
    [InlineData("orderReference", 128)]
    public void A_text_may_be_just_as_long_as_its_limit(string field, int max)
    {
        SampleJson.ReadValid($$"""{"{{field}}":"{{new string('x', max)}}"}""");
        Refused($$"""{"{{field}}":"{{new string('x', max + 1)}}"}""", $"#/{field}", "too_long");
    }

    [Theory]
    [InlineData("customer", "contacts", """{"name":"A"}""", 10)]
    [InlineData("", "lines", """{"description":"A"}""", 200)]
    [InlineData("", "tags", "\"a\"", 20)]
    public void A_list_may_be_just_as_long_as_its_limit(string parent, string field, string item, int max)
    {
        SampleJson.ReadValid(Patch(max));
        Refused(Patch(max + 1), parent == "" ? $"#/{field}" : $"#/{parent}/{field}", "too_many");

        string Patch(int count)
        {
            var list = $$"""{"{{field}}":[{{string.Join(',', Enumerable.Repeat(item, count))}}]}""";
            return parent == "" ? list : $$"""{"{{parent}}":{{list}}}""";
        }
    }

    [Fact]
    public void An_amount_is_judged_by_its_shape_even_without_a_currency() =>
        Assert.Equal(
            ["unknown_currency", "not_a_decimal"],
            SampleJson.ReadWith("""{"currency":"euro","amountDue":"1e3"}""").Problems.Select(problem => problem.Code)
        );

    [Fact]
    public void Metadata_has_at_most_20_keys_of_40_characters()
    {
        var keys = string.Join(',', Enumerable.Range(0, 21).Select(i => $"\"k{i}\":\"v\""));
        Refused($$$"""{"metadata":{{{{keys}}}}}""", "#/metadata", "too_many");
        Refused(
            $$$"""{"metadata":{"{{{new string('k', 41)}}}":"v"}}""",
            $"#/metadata/{new string('k', 41)}",
            "key_too_long"
        );
        Refused($$$"""{"metadata":{"k":"{{{new string('v', 501)}}}"}}""", "#/metadata/k", "too_long");
    }

    [Fact]
    public void All_problems_are_reported_at_once_and_each_names_its_field()
    {
        var reading = SampleJson.ReadWith(
            """{"number":null,"dueDate":"2025-13-01","currency":"ZZZ","amountDue":"1e3","customer":{"email":"x","contacts":[{"phone":"1"}]}}""",
            strict: true
        );

        Assert.Null(reading.Document);
        Assert.Equal(
            ["#/currency", "#/number", "#/dueDate", "#/amountDue", "#/customer/email", "#/customer/contacts/0/phone"],
            reading.Problems.Select(problem => problem.Pointer)
        );
        Assert.All(
            reading.Problems,
            problem => Assert.Contains(problem.Pointer.Split('/')[^1], problem.Detail, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void No_more_than_a_hundred_problems_are_listed()
    {
        var lines = string.Join(',', Enumerable.Repeat("""{"description":1,"amount":"x"}""", 200));
        Assert.Equal(100, SampleJson.ReadWith($$"""{"lines":[{{lines}}]}""").Problems.Count);
    }

    private static void Refused(string patch, string where, string code)
    {
        var reading = SampleJson.ReadWith(patch);
        Assert.Null(reading.Document);
        Assert.Equal((where, code), Assert.Single(reading.Problems.Select(problem => (problem.Pointer, problem.Code))));
    }
}
