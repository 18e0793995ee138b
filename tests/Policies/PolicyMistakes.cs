using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Policies;

namespace Dunning.Tests.Policies;

/// <summary>Each kind of mistake in a policy is told by its field and what to write instead.</summary>
public sealed class PolicyMistakes
{
    private const string Friendly = """{"id":"a","days":1,"tone":"friendly","channels":["email"]}""";

    [Theory]
    // The shape.
    [InlineData("version", "\"1\"", "#/version", "write a whole number")]
    [InlineData("sendAt", "\"9 o'clock\"", "#/sendAt", "write a time of day")]
    [InlineData("netCredits", "\"yes\"", "#/netCredits", "write true or false")]
    [InlineData("name", "7", "#/name", "write a text in double quotes")]
    [InlineData("steps", "{}", "#/steps", "write a list")]
    [InlineData("for", "[]", "#/for", "write an object")]
    [InlineData("tolerance", """{"EUR":0.05}""", "#/tolerance/EUR", "write a text in double quotes")]
    [InlineData("sendTime", "\"09:00\"", "#/sendTime", "there is no such field; use name, version, steps, sendAt")]
    [InlineData("tolerance", "null", "#/tolerance", "instead of null")]
    [InlineData("minDaysBetweenNotices", "null", "#/minDaysBetweenNotices", "instead of null")]
    [InlineData("lateCharges", """{"interestPercent":"8 %"}""", "#/lateCharges/interestPercent", "such as 8.5")]
    [InlineData(
        "lateCharges",
        """{"customersAre":"firms"}""",
        "#/lateCharges/customersAre",
        "one of business, consumer"
    )]
    [InlineData("lateCharges", """{"agreed":["fee"]}""", "#/lateCharges/agreed/0", "one of interest, fixedSum")]
    // The policy.
    [InlineData("name", "\"\"", "#/name", "1 to 64 characters")]
    [InlineData("version", "0", "#/version", "write 1 or more")]
    [InlineData("steps", "[]", "#/steps", "add at least one step")]
    [InlineData("sendAt", "\"18:00\"", "#/sendAt", "from 08:00 to 17:00")]
    [InlineData("minDaysBetweenNotices", "0", "#/minDaysBetweenNotices", "from 1 to")]
    [InlineData("maxRemindersPerWeek", "0", "#/maxRemindersPerWeek", "write 1 or more")]
    [InlineData("termsDays", "0", "#/termsDays", "from 1 to")]
    [InlineData("planGraceBusinessDays", "-1", "#/planGraceBusinessDays", "from 0 to")]
    [InlineData("portalPromiseDays", "-1", "#/portalPromiseDays", "from 0 to")]
    [InlineData("tolerance", """{"EUR":"five"}""", "#/tolerance/EUR", "\"EUR\": \"0.05\"")]
    [InlineData("tolerance", """{"EURO":"5"}""", "#/tolerance/EURO", "by its ISO code")]
    [InlineData("lateCharges", """{"law":"de"}""", "#/lateCharges/law", "use one of AT, BE, CH, DE")]
    [InlineData("lateCharges", """{"interestPercent":0}""", "#/lateCharges/interestPercent", "above 0")]
    [InlineData("lateCharges", """{"interestPercent":101}""", "#/lateCharges/interestPercent", "at most 100")]
    [InlineData("for", "{}", "#/for", "name groups, amountFrom")]
    [InlineData("for", """{"daysLateFrom":9,"daysLateUpTo":3}""", "#/for/daysLateUpTo", "as daysLateFrom")]
    [InlineData("for", """{"daysLateFrom":9999}""", "#/for/daysLateFrom", "at most 3650")]
    [InlineData("for", """{"daysLateUpTo":-9999}""", "#/for/daysLateUpTo", "at most 3650")]
    [InlineData("longHolidays", "\"never\"", "#/longHolidays", "write one of later, earlier")]
    [InlineData("quietDays", "\"12-24\"", "#/quietDays", "write a list")]
    [InlineData("quietDays", """["24.12."]""", "#/quietDays/0", "write 12-24..01-01")]
    [InlineData("quietDays", """["02-30"]""", "#/quietDays/0", "write 12-24..01-01")]
    [InlineData("quietDays", """["01-01..12-31"]""", "#/quietDays/0", "at most 90 days")]
    [InlineData("quietDays", """["2026-08-21..2026-08-03"]""", "#/quietDays/0", "write 12-24..01-01")]
    [InlineData("quietDays", """["01-01","02-01","03-01","04-01"]""", "#/quietDays", "at most 3 periods")]
    [InlineData("for", """{"groups":[" "]}""", "#/for/groups/0", "as the customers have it")]
    [InlineData("for", """{"amountFrom":{"EUR":"-1"}}""", "#/for/amountFrom/EUR", "\"EUR\": \"5000.00\"")]
    public void Of_the_policy(string field, string value, string pointer, string fix) =>
        AssertTold(
            Changed("""{"name":"p","version":1,"steps":[]}""", [("steps", $"[{Friendly}]"), (field, value)]),
            pointer,
            fix
        );

    [Theory]
    [InlineData("tone", "\"angry\"", "tone", "write one of upcoming, dueToday, friendly")]
    [InlineData("tone", "\"thankYou\"", "tone", "write one of upcoming")]
    [InlineData("tone", "null", "tone", "instead of null")]
    [InlineData("attach", "null", "attach", "instead of null")]
    [InlineData("id", "\" \"", "id", "1 to 64 characters")]
    [InlineData("id", "\"promise-end\"", "id", "the app uses this one")]
    [InlineData("id", "\"first\"", "id", "that no other step has")]
    [InlineData("days", "null", "days", "either days or businessDays")]
    [InlineData("businessDays", "3", "days", "either days or businessDays")]
    [InlineData("days", "10000", "days", "at most 3650")]
    [InlineData("days", "1", "days", "lies before the step above it")]
    [InlineData("shortTermBusinessDays", "2", "shortTermBusinessDays", "write businessDays, too")]
    [InlineData("tone", "\"upcoming\"", "tone", "for days before the due date")]
    [InlineData("sendUntilDays", "-1", "sendUntilDays", "from 0 to")]
    [InlineData("channels", """["email","email"]""", "channels", "each channel once")]
    [InlineData("channels", """["fax"]""", "channels/0", "write one of email, sms, escalation")]
    [InlineData("repeat", "7", "repeat", "write an object")]
    [InlineData("repeat", """{"everyDays":7}""", "repeat/times", "this field is required")]
    [InlineData("repeat", """{"everyDays":0,"times":1}""", "repeat/everyDays", "from 1 to")]
    [InlineData("repeat", """{"everyDays":7,"times":100}""", "repeat/times", "from 1 to 52")]
    [InlineData("repeat", """{"everyDays":7,"times":-2}""", "repeat/times", "from 1 to 52")]
    [InlineData("repeat", """{"everyDays":7,"times":2147483647}""", "repeat/times", "from 1 to 52")]
    [InlineData("repeat", """{"everyDays":365,"times":20}""", "repeat/times", "more than 3650 days away")]
    [InlineData("minDaysSinceReminder", "0", "minDaysSinceReminder", "from 1 to")]
    [InlineData("copyTo", """["purchasing"," "]""", "copyTo/1", "as the contacts have it")]
    [InlineData("copyTo", """["a","b","c","d","e","f"]""", "copyTo", "at most 5 roles")]
    [InlineData("offerPlan", "1", "offerPlan", "write true or false")]
    [InlineData("signer", """{"name":" "}""", "signer/name", "the name of a person")]
    [InlineData("signer", "{}", "signer/name", "this field is required")]
    [InlineData("payByDays", "0", "payByDays", "from 1 to")]
    [InlineData("tone", "\"final\"", "payByDays", "the letter names a date")]
    [InlineData("tone", "\"followUp\"", "channels", "sent to no customer")]
    [InlineData("tone", "\"preCollectionNotice\"", "needsApproval", "a person decides")]
    [InlineData("tone", "\"termination\"", "ends", "say what ends")]
    [InlineData("tone", "\"creditReport\"", "agency", "name the credit agency")]
    [InlineData("tone", "\"creditReport\"", "tone", "a person calls first")]
    [InlineData("charge", """["costs"]""", "charge/0", "write one of interest, fixedSum, reminderFee")]
    [InlineData("attach", """["photo"]""", "attach/0", "write one of invoice")]
    public void Of_a_step(string field, string value, string pointer, string fix)
    {
        var step = Changed("""{"id":"b","days":10,"tone":"firm","channels":["email"]}""", [(field, value)]);
        AssertTold(
            $$"""
            {"name":"p","version":1,"steps":[
              {"id":"first","days":3,"tone":"friendly","channels":["email"]},
              {{step}}]}
            """,
            $"#/steps/1/{pointer}",
            fix
        );
    }

    [Theory]
    // Nothing can have announced what the first message charges.
    [InlineData(
        """{"id":"a","days":1,"tone":"firm","channels":["email"],"charge":["interest"]}""",
        "charge",
        "announces"
    )]
    // Before the due date nothing is late.
    [InlineData(
        """{"id":"a","days":-5,"tone":"upcoming","channels":["email"],"showCharges":true}""",
        "showCharges",
        "only a reminder after the due date"
    )]
    [InlineData(
        """{"id":"a","days":-1,"tone":"preCollectionNotice","channels":["email"],"payByDays":9,"needsApproval":true}""",
        "days",
        "after the due date"
    )]
    [InlineData(
        """{"id":"a","days":9,"tone":"offer","channels":["email","sms"]}""",
        "channels",
        "no other channel has room"
    )]
    [InlineData(
        """{"id":"a","days":9,"tone":"firm","channels":["sms"],"copyTo":["purchasing"]}""",
        "copyTo",
        "a copy is of an email"
    )]
    [InlineData(
        """{"id":"a","days":9,"tone":"firm","channels":["email","escalation"],"copyTo":["Management"]}""",
        "copyTo/0",
        "escalation sends them a copy"
    )]
    [InlineData(
        """{"id":"a","days":-9,"tone":"upcoming","channels":["email"],"repeat":{"everyDays":2,"times":1}}""",
        "repeat",
        "only a reminder after the due date"
    )]
    [InlineData(
        """{"id":"a","days":0,"tone":"dueToday","channels":["email"],"repeat":{"everyDays":7,"times":1} }""",
        "repeat",
        "only a reminder after the due date"
    )]
    public void Of_the_first_step(string step, string pointer, string fix) =>
        AssertTold($$"""{"name":"p","version":1,"steps":[{{step}}]}""", $"#/steps/0/{pointer}", fix);

    [Theory]
    [InlineData("""{"id":"b-2","days":30,"tone":"firm","channels":["email"]}""", "id", "nor a repetition of one")]
    [InlineData("""{"id":"c","days":12,"tone":"firm","channels":["email"]}""", "days", "or its repetition")]
    public void Of_a_step_after_one_that_is_repeated(string step, string pointer, string fix) =>
        AssertTold(
            $$"""
            {"name":"p","version":1,"steps":[
              {"id":"b","days":5,"tone":"firm","channels":["email"],"repeat":{"everyDays":10,"times":1} },
              {{step}}]}
            """,
            $"#/steps/1/{pointer}",
            fix
        );

    [Fact]
    public void Of_a_step_in_days_after_one_that_is_repeated_in_business_days() =>
        AssertTold(
            """
            {"name":"p","version":1,"steps":[
              {"id":"a","businessDays":3,"tone":"friendly","channels":["email"],"repeat":{"everyDays":5,"times":2} },
              {"id":"b","days":9,"tone":"firm","channels":["email"]}]}
            """,
            "#/steps/1/days",
            "after the last repetition"
        );

    [Fact]
    public void Of_too_many_steps() =>
        AssertTold(
            $$"""
            {"name":"p","version":1,"steps":[{{string.Join(
                ',',
                Enumerable
                    .Range(0, 5)
                    .Select(i =>
                        $$$"""
                        {"id":"s{{{i}}}","days":{{{i * 100 + 1}}},"tone":"firm","channels":["email"],
                         "repeat":{"everyDays":1,"times":50} }
                        """
                    )
            )}}]}
            """,
            "#/steps",
            "at most 200 steps"
        );

    [Fact]
    public void A_field_with_a_slash_in_its_name_has_an_escaped_pointer() =>
        AssertTold(
            """{"name":"p","version":1,"a/b":1,"steps":[{"id":"a","days":1,"tone":"friendly","channels":["email"]}]}""",
            "#/a~1b",
            "there is no such field"
        );

    [Fact]
    public void A_task_is_never_too_late() =>
        AssertTold(
            """
            {"name":"p","version":1,"steps":[
              {"id":"a","days":9,"tone":"followUp","channels":[],"sendUntilDays":3}]}
            """,
            "#/steps/0/sendUntilDays",
            "a task for a person is never too late"
        );

    /// <summary>As the files of 1.0.0 could be written.</summary>
    [Fact]
    public void Names_with_blanks_and_words_in_another_case_are_read()
    {
        var (policy, problems) = PolicyReader.Read(
            JsonElement.Parse(
                """
                {"Name":"Für Schulen","version":1,"steps":[
                  {"id":"erste Mahnung","days":1,"Tone":"Friendly","channels":["Email"]}]}
                """
            )
        );

        Assert.Empty(problems);
        Assert.Equal(("Für Schulen", "erste Mahnung"), (policy!.Name, policy.Steps[0].Id.Value));
    }

    [Theory]
    // A step that is not enabled, sends nothing, or has no room announces nothing.
    [InlineData("""{"id":"a","days":1,"tone":"firm","channels":["email"],"enabled":false}""")]
    [InlineData("""{"id":"a","days":1,"tone":"followUp","channels":[]}""")]
    [InlineData("""{"id":"a","days":1,"tone":"firm","channels":["sms"]}""")]
    public void A_charge_needs_an_email_before_it(string before) =>
        AssertTold(
            $$"""
            {"name":"p","version":1,"steps":[
              {{before}},
              {"id":"b","days":2,"tone":"firm","channels":["email"],"charge":["interest"]}]}
            """,
            "#/steps/1/charge",
            "add an email or a letter before it"
        );

    [Fact]
    public void All_mistakes_are_told_together_also_those_of_the_other_lists()
    {
        var (_, problems) = PolicyReader.Read(
            JsonElement.Parse(
                """
                {"name":"p","version":0,"termsDays":0,
                 "steps":[{"id":"a","days":1,"tone":"final","channels":["email"]}],
                 "planSteps":[{"id":"a","days":2,"tone":"friendly","channels":["email"],"charge":["interest"]}]}
                """
            )
        );

        Assert.Equal(
            ["#/version", "#/termsDays", "#/steps/0/payByDays", "#/planSteps/0/charge", "#/planSteps/0/id"],
            problems.Select(problem => problem.Pointer)
        );
    }

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("""{"name":"p"}""", "#: write a list of policies")]
    [InlineData("""[{"name":"p","version":1}]""", "#/0/steps: this field is required")]
    [InlineData(
        $$"""[{"name":"p","version":1,"steps":[{{Friendly}}]},{"name":"p","version":1,"steps":[{{Friendly}}]}]""",
        "#/1/version: choose a version that no other one has"
    )]
    public void A_file_with_mistakes_is_refused_with_all_of_them(string file, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<InvalidOperationException>(() => new PolicyCatalog(file)).Message,
            StringComparison.Ordinal
        );

    private static void AssertTold(string policy, string pointer, string fix)
    {
        var (_, problems) = PolicyReader.Read(JsonElement.Parse(policy));

        Assert.Contains(
            problems,
            problem => problem.Pointer == pointer && problem.Fix.Contains(fix, StringComparison.Ordinal)
        );
    }

    private static string Changed(string json, params (string Field, string Value)[] fields)
    {
        var changed = JsonNode.Parse(json)!.AsObject();
        foreach (var (field, value) in fields)
            changed[field] = JsonNode.Parse(value);
        return changed.ToJsonString();
    }
}
