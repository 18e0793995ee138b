using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dunning.Local.MailViewer;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Fixtures;

/// <summary>What customers answer, and what waits for a person.</summary>
public abstract partial class Scenario
{
    /// <summary>An email, as a provider's inbound parsing posts it.</summary>
    protected async Task ReceiveMailAsync(string message)
    {
        using var content = new StringContent(message, Encoding.UTF8, "message/rfc822");
        using var response = await Http.PostAsync("api/inbound-mail/local-inbound-mail-key", content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        await Host.PumpAsync();
    }

    /// <summary>An SMS, as Twilio posts it.</summary>
    /// <returns>The TwiML of the answer.</returns>
    protected Task<string> ReceiveTextAsync(string from, string text, string? sid = null) =>
        Host
            .Services.GetRequiredService<ProviderCallbacks>()
            .ReplyAsync(
                new SentSms
                {
                    Id = "SM0",
                    SentAt = Host.Clock.GetUtcNow(),
                    Account = "AC1",
                    To = from,
                    From = "+447700900900",
                    Body = "",
                    SegmentCount = 1,
                    IsGsm7 = true,
                },
                text,
                sid
            );

    protected async Task<IReadOnlyList<JsonElement>> OpenFollowUpsAsync() =>
        [
            .. (await Http.GetFromJsonAsync<JsonElement>("api/manage/follow-ups"))
                .GetProperty("followUps")
                .EnumerateArray(),
        ];

    protected async Task<IReadOnlyList<JsonElement>> ReceivedRepliesAsync() =>
        [.. (await Http.GetFromJsonAsync<JsonElement>("api/manage/replies")).EnumerateArray()];
}
