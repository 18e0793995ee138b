using System.Text.Json;
using System.Text.RegularExpressions;
using Dunning.Local;
using Dunning.Local.Demo;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// The 60-day replay with all logs of app and host, scopes included, at Information level: no personal data and no key
/// is logged.
/// </summary>
[Trait("Category", "Long")]
public sealed partial class LogPrivacy
{
    private static readonly string[] _personal =
    [
        "name",
        "email",
        "phone",
        "iban",
        "paymentUrl",
        "documentUrl",
        "description",
        "reason",
    ];
    private static readonly FunctionKeys _keys = new("function-key-of-the-replay", "master-key-of-the-replay");

    [Fact]
    public async Task In_sixty_days()
    {
        using var log = new CollectingLogger();
        using var table = new StringWriter();

        var exit = await Replay.RunAsync(
            new Options { Now = TestData.Time("2026-03-02T00:00Z") },
            table,
            logging =>
                logging
                    .AddProvider(log)
                    .SetMinimumLevel(LogLevel.Information)
                    // Logs the route of every request with its scopes: the app itself logs little when all goes well.
                    .AddFilter<CollectingLogger>("Microsoft.AspNetCore.Routing", LogLevel.Information),
            _keys
        );

        Assert.Equal(0, exit);
        Assert.NotEmpty(log.All);
        var secret = Personal().Concat(Secrets()).Distinct().ToList();
        // The search terms come from the tables, which contain the customers' data.
        Assert.Contains(secret, text => table.ToString().Contains(text, StringComparison.Ordinal));
        Assert.Contains(log.All, line => line.Contains("webhooks/{provider}/{endpointKey}", StringComparison.Ordinal));
        Assert.All(
            log.All,
            line => Assert.DoesNotContain(secret, text => line.Contains(text, StringComparison.OrdinalIgnoreCase))
        );
    }

    [Fact]
    public void What_is_looked_for_is_of_every_kind()
    {
        Assert.Superset(
            new HashSet<string>
            {
                "Amberley Joinery Ltd",
                "Tom Price",
                "tom@amberley.example",
                "+447700900123",
                "DE89370400440532013000",
                "https://pay.harbourfinch.example/HF-1001",
            },
            Personal().ToHashSet()
        );
        Assert.Superset(
            new HashSet<string>
            {
                "whsec_local_stripe_secret",
                "local-stripe-endpoint-key",
                "sample",
                "SK00000000000000000000000000000000",
                _keys.Function,
                _keys.Master,
            },
            Secrets().ToHashSet()
        );
    }

    private static IEnumerable<string> Personal()
    {
        using var book = JsonDocument.Parse(Sample("sample-book.json"));
        return
        [
            .. Texts(book.RootElement, "").Where(text => _personal.Contains(text.Name)).Select(text => text.Value),
            .. new[] { "sample-ubl.xml", "sample-cii.xml" }.SelectMany(file =>
                InXml().Matches(Sample(file)).Select(found => found.Groups[1].Value)
            ),
        ];
    }

    private static IEnumerable<(string Name, string Value)> Texts(JsonElement json, string name) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => json.EnumerateObject().SelectMany(field => Texts(field.Value, field.Name)),
            JsonValueKind.Array => json.EnumerateArray().SelectMany(item => Texts(item, name)),
            JsonValueKind.String => [(name, json.GetString()!)],
            _ => [],
        };

    private static IEnumerable<string> Secrets() =>
        [
            _keys.Function,
            _keys.Master,
            .. from setting in LocalSettings
                .Build(new Uri("http://127.0.0.1/"), "UseDevelopmentStorage=true")
                .AsEnumerable()
            where setting.Value is not null && SecretName().IsMatch(setting.Key)
            select setting.Value,
        ];

    private static string Sample(string file) => File.ReadAllText(Path.Combine(Repository.LocalFolder, "Demo", file));

    [GeneratedRegex(
        @"<[^>]*(?:Name|ID|ElectronicMail|URIID|Telephone|CompleteNumber)[^>]*>([^<]*(?:@|\+\d| |[A-Z]{2}\d{2}[A-Z\d]{11})[^<]*)<"
    )]
    private static partial Regex InXml();

    [GeneratedRegex(@"(Secret|Secrets:\d+|Key|ConnectionString|Password|Token|Storage|Iban)$")]
    private static partial Regex SecretName();
}
