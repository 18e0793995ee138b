namespace Dunning.Tests.Faults;

/// <summary>
/// The policy of the customer who is charged: a first message announces, the second, on two channels, adds interest and
/// a fixed sum, the third the interest since then.
/// </summary>
internal static class ChargingPolicy
{
    public const string Name = "charging";

    private const string Json = """
        [{
          "name": "charging",
          "version": 1,
          "lateCharges": { "law": "GB", "customersAre": "business" },
          "steps": [
            { "id": "first", "days": 3, "tone": "friendly", "channels": ["email"] },
            { "id": "second", "days": 20, "tone": "helpful", "channels": ["email", "sms"],
              "charge": ["fixedSum", "interest"] },
            { "id": "third", "days": 27, "tone": "firm", "channels": ["email"], "charge": ["interest"] }
          ]
        }]
        """;

    private static readonly Lazy<string> _file = new(Write);

    /// <summary>For the setting of the policies file, of hosts in this process and of others.</summary>
    public static string File => _file.Value;

    private static string Write()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "charging-policies.json");
        System.IO.File.WriteAllText(path, Json);
        return path;
    }
}
