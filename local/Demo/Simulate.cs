using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Dunning.Local.Demo;

/// <summary>
/// Says which messages invoices will cause, and sends none: the sample invoices, those of a file, or those that the
/// storage already holds. The work is done by <c>POST /api/simulate</c>.
/// </summary>
public static class Simulate
{
    /// <param name="logging">Null for the console.</param>
    public static async Task<int> RunAsync(Options options, TextWriter output, Action<ILoggingBuilder>? logging = null)
    {
        await using var azurite = options.Storage is null ? await Azurite.StartAsync(options.Data) : null;
        var clock = options.Now is { } now ? new MovableClock(now) : new MovableClock();
        azurite?.Follow(clock);
        await using var host = await LocalRun.StartAsync(
            options with
            {
                Port = 0,
            },
            azurite?.ConnectionString ?? options.Storage!,
            clock,
            keys: null,
            background: false,
            logging
        );
        using var http = new HttpClient { BaseAddress = host.BaseAddress };
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (options.Invoices is { } file)
            await ImportAsync(http, file, output);
        else if (options.Storage is null && options.Data is null)
            await SampleBook.PostAsync(http, today, CancellationToken.None);

        using var started = await http.PostAsJsonAsync("api/simulate", RequestOf(options, today));
        var job = JsonElement.Parse(await started.Content.ReadAsStringAsync());
        if (!started.IsSuccessStatusCode)
            throw new CannotRunHereException($"The simulation is not possible: {job}");
        await host.PumpAsync(only: Queues.Jobs);
        await WriteAsync(http, $"api/jobs/{job.GetProperty("id").GetString()}", output);
        return 0;
    }

    private static JsonObject RequestOf(Options options, DateOnly today)
    {
        var request = new JsonObject
        {
            ["until"] = today.AddDays(options.Days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["payments"] = options.Payments,
        };
        if (options.Policies.Count > 0)
            request["policies"] = new JsonArray([
                .. options.Policies.Select(policy => JsonNode.Parse(File.ReadAllText(policy))),
            ]);
        return request;
    }

    private static async Task ImportAsync(HttpClient http, string file, TextWriter output)
    {
        using var lines = new StringContent(await File.ReadAllTextAsync(file), Encoding.UTF8, "application/x-ndjson");
        using var response = await http.PostAsync(new Uri("api/invoices/import", UriKind.Relative), lines);
        var answer = await response.Content.ReadAsStringAsync();
        var refused = answer
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.Contains("\"rejected\"", StringComparison.Ordinal));
        foreach (var line in refused)
            await output.WriteLineAsync($"Not simulated: {line}");
    }

    private static async Task WriteAsync(HttpClient http, string job, TextWriter output)
    {
        var summary = await http.GetFromJsonAsync<JsonElement>($"{job}/summary");
        var lines = (await http.GetStringAsync(new Uri($"{job}/result", UriKind.Relative)))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line));
        foreach (var row in lines.Select(RowOf).Order(StringComparer.Ordinal))
            await output.WriteLineAsync(row);
        await output.WriteLineAsync();
        foreach (var scenario in summary.GetProperty("scenarios").EnumerateArray())
            await output.WriteLineAsync(
                $"{Text(scenario, "name")}: {Text(scenario, "messages")} messages to "
                    + $"{Text(summary, "customers")} customers from {Text(summary, "from")} to {Text(summary, "until")}"
                    + (scenario.TryGetProperty("changes", out var changes) ? $"; changes {changes}" : "")
            );
    }

    private static string RowOf(JsonElement line) =>
        line.TryGetProperty("change", out var change)
            ? Row(
                change.TryGetProperty("after", out var after) ? after : change.GetProperty("before"),
                Text(change, "customer"),
                Text(change, "number"),
                $"{Text(line, "scenario")}: {Text(change, "kind")}"
            )
            : MessageRow(line.GetProperty("message"));

    private static string MessageRow(JsonElement message) =>
        Row(
            message,
            Text(message, "customer"),
            string.Join(' ', message.GetProperty("invoices").EnumerateArray().Select(i => Text(i, "number"))),
            Text(message, message.TryGetProperty("subject", out _) ? "subject" : "text").ReplaceLineEndings(" ")
        );

    private static string Row(JsonElement about, string customer, string numbers, string what) =>
        string.Join(
            "  ",
            Text(about, "on"),
            Text(about, "channel").PadRight(10),
            Text(about, "tone").PadRight(12),
            customer.PadRight(24),
            numbers.PadRight(27),
            what
        );

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.ToString() : "";
}
