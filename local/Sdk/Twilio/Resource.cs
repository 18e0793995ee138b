#nullable disable // As the official assembly: callers see oblivious types in both editions.
namespace Twilio.Base;

public abstract class Resource;
