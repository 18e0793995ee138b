using Dunning.Charges;
using Dunning.Customers;
using Dunning.Evidence.Cases;
using Dunning.Explanations;
using Dunning.Export;
using Dunning.FollowUps;
using Dunning.Invoices;
using Dunning.Invoices.Files;
using Dunning.Jobs;
using Dunning.Monitoring;
using Dunning.Notices.Wordings;
using Dunning.Payments.BankFiles;
using Dunning.PolicyVersions;
using Dunning.Reports;
using Dunning.Simulation;

namespace Dunning.OpenApi;

/// <summary>What a function's trigger does not say of it.</summary>
/// <param name="Status">Of the usual answer.</param>
/// <param name="Answers">
/// The records of the usual answer: one of them, where there are several; empty where it is an object without a record.
/// </param>
internal sealed record ApiOperation(int Status, params IReadOnlyList<Type> Answers)
{
    /// <summary>Of the usual answer.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>Parameters of the query, with what they do.</summary>
    public IReadOnlyList<(string Name, string Text)> Query { get; init; } = [];

    private static readonly (string, string) _limit = ("limit", "how many at most");
    private static readonly (string, string) _next = ("continuation", "where the list goes on: see the answer before");
    private static readonly (string, string) _dryRun = ("dryRun", "true: says what would happen, and changes nothing");
    private static readonly (string, string) _on = ("on", "the day, as 2026-11-22; else today");

    private static readonly ApiOperation _changed = new(200, typeof(ChangeAnswer));
    private static readonly ApiOperation _object = new(200);
    private static readonly ApiOperation _job = new(202, typeof(JobView));

    /// <summary>By the name of the function.</summary>
    public static IReadOnlyDictionary<string, ApiOperation> All { get; } =
        new Dictionary<string, ApiOperation>
        {
            ["AgreeCustomerPlan"] = _object,
            ["AgreePlan"] = _changed,
            ["AnswerReply"] = _object,
            ["AssignPayment"] = _object,
            ["AssignReply"] = _object,
            ["CancelJob"] = new(200, typeof(JobView)),
            ["ChangeCustomer"] = new(200, typeof(CustomerDetails)) { Query = [_dryRun] },
            ["ChangePolicy"] = new(200, typeof(PolicyView)),
            ["ChangeWording"] = new(200, typeof(WordingView)),
            ["ChooseInvoicePolicy"] = _changed,
            ["CompleteFollowUp"] = _object,
            ["ConfirmFeed"] = _object,
            ["CreateDashboardKey"] = new(201),
            ["CreatePortalLink"] = _object,
            ["CreateReport"] = _job,
            ["DeleteDashboardKey"] = _object,
            ["DeletePayment"] = _object,
            ["DeletePortalLinks"] = _object,
            ["DeletePromise"] = _changed,
            ["DeleteWriteOff"] = _object,
            ["DiscardFailure"] = _object,
            ["DismissPayment"] = _object,
            ["DisputeInvoice"] = _changed,
            ["DropLetter"] = _object,
            ["DropNotice"] = _object,
            ["EndPlan"] = _changed,
            ["ExplainInvoice"] = new(200, typeof(DayDecisionView)) { Query = [_on] },
            ["ExportBook"] = _job,
            ["ExtendInvoice"] = _changed,
            ["FindInvoice"] = new(200, typeof(InvoiceView))
            {
                Query = [("externalId", "the source's id; required"), ("source", "the namespace of the id; else api")],
            },
            ["ForgetCustomer"] = _object with { Query = [("force", "true: also where invoices are open")] },
            ["GetArchivedMessages"] = new(200),
            ["GetCustomer"] = new(200, typeof(CustomerDetails)),
            ["GetCustomerEvidence"] = new(200) { MediaType = "application/zip" },
            ["GetEnclosure"] = new(200) { MediaType = "application/octet-stream" },
            ["GetEvidence"] = new(200) { MediaType = "application/zip" },
            ["GetHealth"] = new(200, typeof(Health)),
            ["GetInterest"] = new(200, typeof(InterestView)) { Query = [_on] },
            ["GetInvoice"] = new(200, typeof(InvoiceView)),
            ["GetJob"] = new(200, typeof(JobView)),
            ["GetJobResult"] = new(200, typeof(SimulatedLine), typeof(BankFileLine), typeof(InvoiceFileLine))
            {
                MediaType = "application/x-ndjson",
            },
            ["GetJobSummary"] = new(
                200,
                typeof(SimulationSummary),
                typeof(BankFileSummary),
                typeof(InvoiceFileSummary),
                typeof(ExportSummary),
                typeof(Report)
            ),
            ["GetOpenApi"] = new(200),
            ["GetPolicy"] = new(200, typeof(PolicyView)),
            ["GetReplyFile"] = new(200) { MediaType = "application/octet-stream" },
            ["GetReport"] = new(200, typeof(Report)) { Query = [("format", "csv: for spreadsheets; else JSON")] },
            ["GetStatement"] = new(200)
            {
                Query =
                [
                    ("from", "the first day; else a year ago"),
                    ("to", "the last day; else today"),
                    ("format", "csv: for spreadsheets; else JSON"),
                ],
            },
            ["GetWording"] = _object,
            ["HandOverInvoice"] = _changed,
            ["HoldInvoice"] = _changed,
            ["ImportBankFile"] = _job with
            {
                Query =
                [
                    _dryRun,
                    ("date", "of a CSV file: the column of the day"),
                    ("dateFormat", "of a CSV file: how days are written"),
                    ("amount", "of a CSV file: the column of the amount, with its sign"),
                    ("credit", "of a CSV file: the column of the money that came in"),
                    ("decimal", "of a CSV file: the sign before the decimals"),
                    ("currency", "of a CSV file: the column of the currency"),
                    ("currencyCode", "of a CSV file: the currency of all rows"),
                    ("payer", "of a CSV file: the column of the payer"),
                    ("reference", "of a CSV file: the column of the payment reference"),
                    ("text", "of a CSV file: the column of the text"),
                    ("id", "of a CSV file: the column of the bank's id"),
                    ("account", "your account, where you import files of several"),
                ],
            },
            ["ImportBook"] = _job,
            ["ImportInvoiceFile"] = _job with
            {
                Query =
                [
                    _dryRun,
                    ("currencyCode", "of rows without a currency"),
                    ("dateFormat", "how days are written, where they have two readings"),
                    ("decimal", "the sign before the decimals, where amounts have two readings"),
                    ("source", "the namespace of the ids"),
                    ("policy", "name of the policy for all"),
                    ("whenOverdue", "gently, atStepDue or hold"),
                    .. InvoiceFields.All.Select(field => (InvoiceFields.NameOf(field), "a column of a CSV file")),
                ],
            },
            ["ImportInvoices"] = new(200) { MediaType = "application/x-ndjson", Query = [_dryRun] },
            ["ListCalls"] = _object with { Query = [_limit, _next] },
            ["ListCustomerQuestions"] = new(200),
            ["ListDashboardKeys"] = new(200),
            ["ListFailures"] = _object,
            ["ListFeeds"] = _object,
            ["ListFollowUps"] = new(200, typeof(FollowUpAnswer))
            {
                Query = [("kind", "only this kind"), ("later", "true: those of later days, too"), _limit, _next],
            },
            ["ListJobs"] = _object,
            ["ListLetters"] = _object with { Query = [_limit, _next] },
            ["ListPolicies"] = _object,
            ["ListReplies"] = _object with { Query = [_limit, _next] },
            ["ListUnmatchedPayments"] = new(200) { Query = [("suggest", "true: with invoices that each may pay")] },
            ["MarkLettersPosted"] = _object,
            ["MarkNoticeSent"] = _object,
            ["MergeCustomers"] = _object,
            ["MoveInvoices"] = _object,
            ["PostInvoice"] = new(201, typeof(InvoiceAnswer))
            {
                Query = [("strict", "true: unknown fields are errors")],
            },
            ["PreviewPolicy"] = _object,
            ["PreviewWording"] = _object,
            ["PrintLetters"] = _object,
            ["ReceiveMail"] = _object,
            ["ReceiveSmsReply"] = new(200) { MediaType = "text/xml" },
            ["ReceiveSmsStatus"] = _object with
            {
                Query = [("customer", "set by the app"), ("notice", "set by the app")],
            },
            ["ReceiveWebhook"] = _object,
            ["RecordCall"] = _object,
            ["RecordMilestone"] = _changed,
            ["RecordPayment"] = new(201),
            ["RecordPromise"] = _changed,
            ["RecordReturnedLetter"] = _object,
            ["RefundPayment"] = _object,
            ["ReplayFailure"] = _object,
            ["ReportCredit"] = _changed,
            ["ResumeInvoice"] = _changed,
            ["ScanInvoices"] = new(202),
            ["SendNextReminder"] = _changed,
            ["SendNoticeAgain"] = _object,
            ["SendStatement"] = _object,
            ["SendTestReminder"] = _object,
            ["ShowReference"] = new(200) { MediaType = "text/html" },
            ["SimulateBook"] = _job,
            ["StartSending"] = _object,
            ["StopSending"] = _object,
            ["VerifyEvents"] = new(200, typeof(ChainView)),
            ["VoidInvoice"] = _changed,
            ["WaiveCharge"] = _object,
            ["WithdrawCreditReport"] = _changed,
            ["WriteOffInvoice"] = new(201),
            ["WritePersonalLine"] = _changed,
        };
}
