using System.Text.Json;
using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Policies;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Simulation;

/// <summary>What is simulated.</summary>
/// <param name="From">The first day, in the creditor's zone: today or later.</param>
/// <param name="Until">The last day, in the creditor's zone.</param>
/// <param name="Policies">
/// None, or one or two: each is looked at as if the open invoices that follow this policy moved to it.
/// </param>
internal sealed record SimulationRequest(
    DateOnly From,
    DateOnly Until,
    AssumedPayments Payments,
    IReadOnlyList<Policy> Policies
)
{
    private const string InvalidTitle = "The simulation is not possible";

    /// <summary>Of the book as it is, with the policies that it follows.</summary>
    public const string Current = "current";

    private const int UsualDays = 30;
    private const int MaxDays = 366;
    private const int MaxPolicies = 2;

    /// <summary>Of a body: two policies with many steps.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <param name="today">In the creditor's zone.</param>
    public static (SimulationRequest? Value, ApiResult? Error) Read(
        ReadOnlyMemory<byte> body,
        DateOnly today,
        PolicyCatalog policies
    ) =>
        JsonBody.Read(
            body,
            InvalidTitle,
            json =>
            {
                var from = json.Optional("from", CalendarDate) ?? today;
                var until = json.Optional("until", CalendarDate) ?? from.AddDays(UsualDays - 1);
                if (from < today)
                    json.Refuse("from", new FieldError("in_the_past", $"write {today:yyyy-MM-dd} or a later day"));
                if (until < from)
                    json.Refuse("until", new FieldError("before_from", "write the day in 'from' or a later one"));
                else if (until > today.AddDays(MaxDays))
                    json.Refuse(
                        "until",
                        new FieldError("too_late", $"write a day until {today.AddDays(MaxDays):yyyy-MM-dd}")
                    );
                return new SimulationRequest(
                    from,
                    until,
                    json.Optional("payments", OneOf<AssumedPayments>()) ?? AssumedPayments.None,
                    Read(json, policies)
                );
            },
            new SimulationRequest(today, today.AddDays(UsualDays - 1), AssumedPayments.None, [])
        );

    private static IReadOnlyList<Policy> Read(JsonFields json, PolicyCatalog policies)
    {
        if (json.Raw("policies", required: false) is not { } list)
            return [];
        if (list.ValueKind is not JsonValueKind.Array || list.GetArrayLength() > MaxPolicies)
        {
            json.Refuse(
                "policies",
                new FieldError("wrong_type", $"send a JSON array of at most {MaxPolicies} policies")
            );
            return [];
        }
        return [.. list.EnumerateArray().Select((one, i) => Read(one, i, json.Errors, policies)).OfType<Policy>()];
    }

    private static Policy? Read(JsonElement json, int index, ValidationErrors errors, PolicyCatalog policies)
    {
        var pointer = $"#/policies/{index}";
        var (policy, problems) = PolicyReader.Read(json, pointer);
        foreach (var problem in problems)
            errors.Refuse(problem.Pointer, new FieldError(problem.Code, problem.Fix));
        if (policy is null)
            return null;
        if (policies.Latest(policy.Name) is { } latest)
            return policy with { Version = latest.Version + 1 };
        errors.Refuse(
            $"{pointer}/name",
            new FieldError(
                "unknown_policy",
                $"no invoice follows it; write one of {string.Join(", ", policies.All.Select(one => one.Name))}"
            )
        );
        return null;
    }
}

/// <summary>What is assumed of payments. Without one, nobody pays.</summary>
internal enum AssumedPayments
{
    None,

    /// <summary>Each open invoice is paid in full on the day it is due.</summary>
    OnDueDate,

    /// <summary>
    /// As late as the customer has paid on average in the last twelve months; a customer with too few payments does not
    /// pay, nor is an invoice paid that is later already.
    /// </summary>
    AsUsual,
}
