using Dunning.Configuration;
using Dunning.Http;
using Dunning.Notices.Delivery;
using Dunning.Notices.Letters;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Email;

/// <summary>
/// <c>POST /api/manage/test-reminder</c>: sends a sample reminder to the creditor's own address now, whatever the hour,
/// and answers with the outcome. It belongs to no customer, so nothing is stored, and no quota is reserved.
/// </summary>
public sealed class SendTestReminder(
    IEmailGateway gateway,
    EmailComposer composer,
    NoticeContentBuilder contentBuilder,
    CreditorOptions creditor
)
{
    [Function(nameof(SendTestReminder))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/test-reminder")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if ((await RequestBody.ReadJsonAsync(request, cancellationToken)).Error is { } error)
            return error;
        var sample = contentBuilder.BuildSample();
        var letter = EmailText.Render(EmailPage.Create(sample));
        // A new id for each test: with the same id the provider would discard the second test as a duplicate.
        var id = Guid.NewGuid();
        var email = composer.Compose(
            new EmailIdentity(id, Thread: "test-reminder"),
            letter with
            {
                Subject = $"[TEST] {letter.Subject}",
            },
            [new Mailbox(creditor.Email, sample.Greet)],
            []
        );
        return Answer(await gateway.SendAsync(email, cancellationToken));
    }

    private ApiResult Answer(SendOutcome outcome) =>
        outcome switch
        {
            SendOutcome.Sent sent => ApiResult.Ok(new { To = creditor.Email, sent.ProviderMessageId }),
            SendOutcome.Rejected rejected => NotSent("email-refused", "The email provider refused it", rejected.Reason),
            SendOutcome.RetryLater { IsConfigurationError: true } wrong => NotSent(
                "email-settings",
                "The email settings need attention",
                $"{wrong.Reason} docs/settings.md describes the settings Email__*."
            ),
            SendOutcome.RetryLater later => ApiResult.RetryLater(
                "It was not sent now",
                $"{later.Reason} Send the request again.",
                later.After ?? TimeSpan.FromMinutes(1)
            ),
            SendOutcome.Unknown unknown => NotSent(
                "email-in-doubt",
                "It is not known whether it was sent",
                $"{unknown.Reason} Look into the mailbox before you send the request again."
            ),
            _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
        };

    private static ApiResult NotSent(string type, string title, string reason) =>
        ApiResult.Problem(StatusCodes.Status502BadGateway, type, title, reason);
}
