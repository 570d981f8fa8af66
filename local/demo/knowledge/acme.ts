import type { KnowledgeEntry } from "../../../lambdas/store/knowledge.ts";

/** What the AI of the second demo tenant knows: Acme Dental, a practice that has nothing to do with the shop. */
export const acmeKnowledge: readonly KnowledgeEntry[] = [
  {
    entryId: "appointment",
    title: "Making an appointment",
    text: "Book online under Appointments or call us. Regular check-ups are free within two weeks; with pain you come the same day.",
  },
  {
    entryId: "appointment-cancel",
    title: "Cancelling or moving an appointment",
    text: "Use the link in your reminder, at least 24 hours before. After that we have to charge a fee of 35 €.",
  },
  {
    entryId: "emergency",
    title: "Emergencies and toothache",
    text: "During opening times just come in and say that you are in pain. At night and on weekends the dental emergency service helps on 116 117.",
  },
  {
    entryId: "hours",
    title: "Opening times",
    text: "We are there from Monday to Thursday, 8 am to 6 pm, and on Fridays until 1 pm.",
  },
  {
    entryId: "insurance",
    title: "Health insurance and costs",
    text: "We treat patients of all public and private insurances. Before a crown or an implant you get a plan of the costs, which your insurance has to approve.",
  },
  {
    entryId: "cleaning",
    title: "Professional teeth cleaning",
    text: "A cleaning takes 45 minutes and costs 95 €. We recommend it twice a year; many insurances pay a part of it.",
  },
  {
    entryId: "children",
    title: "Children at the dentist",
    text: "Bring your child from the first tooth on. The first visit is for getting to know the chair, and parents stay in the room.",
  },
  {
    entryId: "implants",
    title: "Implants and crowns",
    text: "An implant takes three visits within four months. We use ceramic crowns that are made in our own laboratory.",
  },
  {
    entryId: "fear",
    title: "Afraid of the dentist?",
    text: "Tell us when you book. We take more time, explain each step, and can treat you under laughing gas.",
  },
];
