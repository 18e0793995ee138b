// dotnet run .ci/try-deployed.cs: tries an app that was just deployed for this purpose, and prints a table. It sends a
// test reminder, posts an invoice to the same address, has it paid by a signed webhook, and fails where a step does.
// The variables are TRY_URL, TRY_MASTER_KEY, TRY_FUNCTION_KEY, TRY_WEBHOOK (the whole address of the endpoint
// standard-webhooks) and TRY_WEBHOOK_SECRET (whsec_...).
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

const int SecondsUntilPaid = 180;
var (number, today) = ($"TRY-{Guid.NewGuid():N}"[..12], DateTimeOffset.UtcNow);
using var http = new HttpClient { BaseAddress = new Uri(Value("TRY_URL")), Timeout = TimeSpan.FromSeconds(60) };
var failed = 0;
string? mailbox = null;
string? invoice = null;

Console.WriteLine("| Step | Result | Seconds |\n|---|---|---|");
await StepAsync(
    "Health is 200",
    async () => (string?)(await SendAsync(HttpMethod.Get, "api/health", key: null, expected: 200))["status"]
);
await StepAsync(
    "Test reminder",
    async () =>
    {
        var sent = await SendAsync(HttpMethod.Post, "api/manage/test-reminder", Value("TRY_MASTER_KEY"), expected: 200);
        mailbox = (string?)sent["to"];
        return $"sent as {sent["providerMessageId"]}";
    }
);
await StepAsync(
    "Invoice accepted",
    async () =>
    {
        var body = new JsonObject
        {
            ["externalId"] = number,
            ["number"] = number,
            ["issueDate"] = Day(0),
            ["dueDate"] = Day(30),
            ["currency"] = "EUR",
            ["amountDue"] = "119.00",
            ["customer"] = new JsonObject
            {
                ["externalId"] = number,
                ["name"] = "Trial",
                ["email"] = mailbox,
            },
        };
        var answer = await SendAsync(
            HttpMethod.Post,
            "api/invoices",
            Value("TRY_FUNCTION_KEY"),
            expected: 201,
            body.ToJsonString()
        );
        invoice = (string)answer["id"]!;
        return number;
    }
);
await StepAsync("Forged webhook is refused", () => PayAsync("whsec_Zm9yZ2Vk", expected: 401));
await StepAsync("Signed webhook is accepted", () => PayAsync(Value("TRY_WEBHOOK_SECRET"), expected: 200));
await StepAsync(
    "Invoice is settled",
    async () =>
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var state = (string?)
                (await SendAsync(HttpMethod.Get, $"api/invoices/{invoice}", Value("TRY_FUNCTION_KEY"), expected: 200))[
                    "state"
                ];
            if (state == "settled")
                return state;
            if (waited.Elapsed > TimeSpan.FromSeconds(SecondsUntilPaid))
                throw new InvalidOperationException($"it is still {state}");
            await Task.Delay(TimeSpan.FromSeconds(2));
        }
    }
);
return failed;

async Task StepAsync(string name, Func<Task<string?>> step)
{
    var watch = Stopwatch.StartNew();
    string result;
    try
    {
        result = $"ok: {await step()}";
    }
    catch (Exception failure)
    {
        failed++;
        result = $"FAILED: {failure.Message}";
    }
    Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"| {name} | {result} | {watch.Elapsed.TotalSeconds:F1} |")
    );
}

async Task<string?> PayAsync(string secret, int expected)
{
    var (id, time) = ($"msg_{number}", today.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
    var body = new JsonObject
    {
        ["type"] = "payment.received",
        ["timestamp"] = today.ToString("O", CultureInfo.InvariantCulture),
        ["data"] = new JsonObject
        {
            ["invoiceNumber"] = number,
            ["paymentId"] = $"pay-{number}",
            ["amount"] = "119.00",
            ["currency"] = "EUR",
        },
    }.ToJsonString();
    var signature = HMACSHA256.HashData(
        Convert.FromBase64String(secret["whsec_".Length..]),
        Encoding.UTF8.GetBytes($"{id}.{time}.{body}")
    );
    await SendAsync(
        HttpMethod.Post,
        Value("TRY_WEBHOOK"),
        key: null,
        expected,
        body,
        ("webhook-id", id),
        ("webhook-timestamp", time),
        ("webhook-signature", $"v1,{Convert.ToBase64String(signature)}")
    );
    return expected.ToString(CultureInfo.InvariantCulture);
}

async Task<JsonNode> SendAsync(
    HttpMethod method,
    string path,
    string? key,
    int expected,
    string? body = null,
    params (string Name, string Value)[] headers
)
{
    using var request = new HttpRequestMessage(method, path);
    if (body is not null)
        request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
    if (key is not null)
        request.Headers.Add("x-functions-key", key);
    foreach (var (name, value) in headers)
        request.Headers.Add(name, value);
    using var answer = await http.SendAsync(request);
    var text = await answer.Content.ReadAsStringAsync();
    var json = text.StartsWith('{') ? JsonNode.Parse(text)! : new JsonObject();
    // Neither the address, which may hold a key, nor what was sent is told.
    return (int)answer.StatusCode == expected
        ? json
        : throw new InvalidOperationException($"{(int)answer.StatusCode}, expected {expected}. {json["detail"]}");
}

string Day(int days) => today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

string Value(string name) =>
    Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"The variable {name} is not set.");
